// A program of a customer: asks a running service with the types that were made from its document.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };

type Plan = components["schemas"]["PlanResponse"];
type Problem = components["schemas"]["ProblemDetails"];
type Wish = components["schemas"]["PlanRequest"];

function sure(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const [baseUrl = "", key = ""] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });

const week: Wish = {
  places: [{ id: "home", equipment: "bands_only" }],
  week: { slots: [{ id: "mon", day: "monday", minutes: 40 }, { id: "thu", day: "thursday" }] },
  solve: { time_limit_seconds: 20, gap: 0.5, workers: 1 },
};

const asked = await client.POST("/v1/plans", { body: week, params: { header: { Prefer: "wait=60" } } });
sure(asked.data, "no plan");
const plan: Plan = asked.data;
const sets: number = plan.week?.sessions[0]?.entries.reduce((sum, entry) => sum + entry.sets, 0) ?? 0;
sure(sets > 0 && (plan.score?.value ?? 0) > 0, `no week: ${plan.status}`);

const fetched = await client.GET("/v1/plans/{plan_id}", { params: { path: { plan_id: plan.id } } });
// A plan is also offered as text, so the type has both.
sure(typeof fetched.data === "object" && fetched.data.id === plan.id, "another plan");

const refused = await client.POST("/v1/plans", { body: { places: [{ id: "home", equipment: ["dumbells"] }] } });
sure(refused.error, "not refused");
const problem: Problem = refused.error;
sure(problem.status === 422 && problem.errors?.[0]?.nearest?.[0] === "dumbbells", "the problem is not the one");

// @ts-expect-error Days are words, not numbers.
const wrong: Wish = { week: { slots: [{ id: "mon", day: 1 }] } };
sure(wrong, "types are all that is wrong with it");
// @ts-expect-error There is no such address.
client.GET("/v1/plan").catch(() => undefined);
