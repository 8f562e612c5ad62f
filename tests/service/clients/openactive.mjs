// Reads a page of a feed from standard input and prints what the validator of OpenActive finds, without any network.
// Started where the validator is installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { validate } = createRequire(join(process.cwd(), "x"))("@openactive/data-model-validator");

const page = JSON.parse(readFileSync(0, "utf8"));
const found = await validate(page, { loadRemoteJson: false });
console.log(JSON.stringify(found.map(({ severity, type, path, message }) => ({ severity, type, path, message }))));
