"""The rules of a week."""

from __future__ import annotations

from solver.rulebook.spec import Parameter, RuleSpec

GUIDE = "SEED"
"""Source code of the coaching guide (see the catalog's sources)."""

_BASIS = Parameter("basis", "choice", "sets", choices=("sets", "movements", "both"), part="ratio")

RULES: tuple[RuleSpec, ...] = (
    RuleSpec(
        "mobility.thoracic",
        "Thoracic mobility",
        "Every session that trains the upper body opens with a thoracic drill before its first pull, and the week "
        "holds several different ones, with at least one rotation and one extension when there are two sessions or "
        "more.",
        GUIDE,
        (Parameter("distinct", "integer", 3, 1, 5, unit="drills a week", weaker="lower", part=""),),
        mistake=1,
    ),
    RuleSpec(
        "balance.upper_pull_push",
        "Upper body: pull to push",
        "Weekly upper-body pulling units reach the ratio times the pushing units; single-joint work is at most a "
        "third of the pulling, and one compound horizontal push with three sets or more stays in the week.",
        f"{GUIDE}; PPR",
        (Parameter("ratio", "ratio", 2.0, 1, 4, unit="pull per push", weaker="lower"), _BASIS),
        mistake=2,
    ),
    RuleSpec(
        "balance.lower_pull_push",
        "Lower body: posterior chain to quadriceps",
        "Weekly posterior-chain units lie between the two ratios times the quad-dominant units; at least one "
        "compound squat or lunge and one hard posterior exercise stay in the week, and single-joint work is at most "
        "a third of a side.",
        f"{GUIDE}; PPR",
        (
            Parameter("min", "ratio", 2.0, 1, 5, unit="posterior per quad", weaker="lower", part="ratio"),
            Parameter("max", "ratio", 3.0, 1, 5, unit="posterior per quad", weaker="higher", part="ratio"),
            _BASIS,
        ),
        mistake=2,
    ),
    RuleSpec(
        "shoulder.external_rotation",
        "External rotation of the shoulder",
        "External-rotation sets reach a weekly count, are spread over at least two sessions when there are two, and "
        "are at least a share of the week's internally rotating sets.",
        f"{GUIDE}; KOL17; REI04",
        (
            Parameter("sets", "integer", 4, 2, 16, unit="sets a week", weaker="lower"),
            Parameter("share", "ratio", 0.25, 0, 1, unit="external per internal set", weaker="lower"),
        ),
        mistake=2,
    ),
    RuleSpec(
        "scapula.lower_trap",
        "Lower trapezius",
        "The lower trapezius is trained at least as hard as the upper, in weighted and in direct sets, and has a "
        "weekly floor of direct sets of which half hit it hard.",
        f"{GUIDE}; EKS03; COO07; SCH16",
        (
            Parameter("sets", "integer", 4, 2, 16, unit="sets a week", weaker="lower", part="floor"),
            Parameter("ratio", "ratio", 1.0, 1, 3, unit="lower per upper set", weaker="lower", part="weighted"),
        ),
        mistake=3,
    ),
    RuleSpec(
        "pull.isometric_hold",
        "Top-position isometric hold",
        "Where there is a bar, the week holds a top-position isometric chin-up or pull-up hold.",
        f"{GUIDE}; YOU10",
        (Parameter("sessions", "integer", 1, 1, 3, unit="sessions a week", weaker="lower", part=""),),
        mistake=4,
    ),
    RuleSpec(
        "row.retraction",
        "Rows led by the shoulder blades",
        "The week holds retraction-led dumbbell or cable rows, and where they are possible they are at least half "
        "of all row sets.",
        GUIDE,
        (Parameter("sets", "integer", 2, 2, 8, unit="sets a week", weaker="lower"),),
        mistake=5,
    ),
    RuleSpec(
        "progression.deadlift",
        "Deadlift progression",
        "Hinge drills open the hinge work, loaded stages never fall back or jump inside a week and never exceed the "
        "athlete's stage, and the current stage is trained.",
        f"{GUIDE}; MSK13",
        (
            Parameter(
                "loaded_stages",
                "integer",
                1,
                1,
                2,
                unit="different loaded stages a week",
                weaker="higher",
                part="loaded stages",
            ),
        ),
        mistake=6,
    ),
    RuleSpec(
        "equipment.available",
        "Equipment on hand",
        "Every exercise is possible with one of its equipment alternatives at that session's place.",
        "definition",
    ),
    RuleSpec(
        "time.session",
        "Minutes of a session",
        "Warm-up, sets, rests, ramp-up sets and changeovers fit into the session's minutes; a superset saves the "
        "shorter of its two rests between the sets that both have, at most 35 % of their time.",
        "SET-TIME; GRG18; SUP-RCT",
        (
            Parameter("warmup_seconds", "integer", 300, 0, 900, unit="seconds a session", weaker="lower"),
            Parameter("changeover_seconds", "integer", 60, 0, 300, unit="seconds between entries", weaker="lower"),
        ),
    ),
    RuleSpec(
        "recovery.muscle",
        "Recovery of a muscle",
        "Two sessions that load the same muscle lie its recovery time apart, and inside that time its sets together "
        "stay within one session's maximum.",
        "ACSM; BEL19; REC-SJMJ; MAD14",
        (
            Parameter("mode", "choice", "normal", choices=("normal", "conservative")),
            Parameter("hours", "per_muscle", None, 0, 120, unit="hours", weaker="lower"),
        ),
    ),
    RuleSpec(
        "recovery.axial",
        "Recovery of the spine",
        "At most two exercises of the highest axial load in a session, 48 hours between such sessions, three of "
        "them a week.",
        "BEL19; judgement",
    ),
    RuleSpec(
        "volume.session_max",
        "Most sets of a muscle in a session",
        "No muscle gets more hard sets in a session than it can use.",
        "REM25; judgement",
        (Parameter("*", "per_muscle", None, 1, 20, unit="sets a session", weaker="higher"),),
    ),
    RuleSpec(
        "volume.weekly_max",
        "Most sets of a muscle in a week",
        "No muscle gets more hard sets in a week than it can recover from.",
        "PEL24; BAZ22; RP-MyFit",
        (Parameter("*", "per_muscle", None, 0, 40, unit="sets a week", weaker="higher"),),
    ),
    RuleSpec(
        "volume.weekly_min",
        "Fewest sets of a required muscle in a week",
        "Every muscle that the request marks as required reaches its weekly minimum.",
        "IVE21; PEL24",
        (Parameter("*", "per_muscle", None, 0, 40, unit="sets a week", weaker="lower"),),
    ),
    RuleSpec(
        "structure.sessions",
        "Number of sessions",
        "The week uses between the smallest and the largest number of the offered slots, at most one a day unless "
        "allowed, and every session that is not pinned holds at least one hard working exercise.",
        "definition",
        (Parameter("per_day", "integer", 1, 1, 3, unit="sessions a day", weaker="higher"),),
    ),
    RuleSpec(
        "structure.exercises",
        "Make-up of a session",
        "Bounded numbers of working exercises and drills, at most two of one pattern and one of a movement family "
        "in a session, and no working exercise in more than two sessions a week.",
        "judgement",
        (
            Parameter("max", "integer", 10, 1, 15, unit="working exercises a session", weaker="higher"),
            Parameter("drills", "integer", 3, 1, 6, unit="drills a session", weaker="higher"),
        ),
    ),
    RuleSpec(
        "structure.order",
        "Order inside a session",
        "Mobility, activation and skill, power, main, secondary, accessory, core, carry; lower ladder stages first; "
        "a superset, where they are asked for, stays together at its earlier place and joins opposing or distant work "
        "of neighbouring parts: nothing of axial load 3 or skill 3, no two entries that are done with the same item or "
        "need the same muscle, grip, spine or breath, and of one kind of work one entry at most.",
        "SIM12; ACSM; JEF07; SUP-RCT; ZHA25; ROB10",
        suggestible=False,
    ),
    RuleSpec(
        "athlete.skill",
        "Skill and stage",
        "No exercise is above the athlete's skill level or ladder stage; a stage that the caller gives overrides "
        "skill inside that ladder.",
        "judgement",
    ),
    RuleSpec(
        "athlete.prerequisite",
        "Prerequisites",
        "An exercise with a prerequisite waits until the athlete has reached that ladder stage.",
        "judgement",
    ),
    RuleSpec(
        "athlete.exclusions",
        "Exclusions",
        "No exercise, pattern, equipment or stress that the athlete avoids.",
        "definition",
    ),
    RuleSpec(
        "athlete.must_include",
        "Wanted exercises",
        "Every exercise the athlete insists on is in the week with at least its sets.",
        "definition",
    ),
    RuleSpec(
        "plan.pinned",
        "Pinned sessions and entries",
        "What the request has fixed, done or locked, stands as it is.",
        "definition",
    ),
)
