/**
 * A process of its own with a person at it who does what they are told the moment they are told: a line in, a line out.
 * `node racing.ts DATA_DIR PERSON ROLE INSTANT`. A line is `[act, …what the act takes]`; the answer is `going`, then what came of it.
 */
import { createInterface } from 'node:readline';
import { ctxFor } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { loadKeys } from '#core/keys.ts';
import type { Role } from '#core/roles.ts';
import { openDatabase } from '#db/client.ts';
import { assignAssessor, holdApplication, resolveItem, takeChair } from '#features/accreditation/index.ts';
import { readSettings } from '#settings';

const [dataDir = '', person = '', role = '', at = ''] = process.argv.slice(2);
const settings = readSettings({ DATA_DIR: dataDir });
const ground = { db: openDatabase(`${dataDir}/register.db`), keys: loadKeys(settings), settings };
const now = Number(at);

const ACTS = { assign: assignAssessor, hold: holdApplication, resolve: resolveItem, chair: takeChair };
/** `done`, or the name of a refusal with its words; `broken` is what nobody should ever see. */
export type Told = { came: 'done' | 'refused' | 'broken'; words: string };

const say = (what: string) => process.stdout.write(`${what}\n`);

for await (const line of createInterface({ input: process.stdin })) {
	const [act, ...input] = JSON.parse(line) as [keyof typeof ACTS, ...unknown[]];
	const ctx = ctxFor(ground, { kind: 'person', personId: person, accountId: person, roles: [role as Role], level: 2, provedAt: now }, now);
	say('going');
	say(JSON.stringify(outcome(() => (ACTS[act] as (...all: unknown[]) => void)(ctx, ...input))));
}

function outcome(work: () => void): Told {
	try {
		work();
		return { came: 'done', words: '' };
	} catch (error) {
		return { came: isExpected(error) ? 'refused' : 'broken', words: String((error as Error).message) };
	}
}
