import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';

/** A case and the keys of what hangs on it, for the brackets of addresses. */
export type Hung = { id: string; reference: string; keys: Record<string, string> };

/** The routes of the site, from its files: a new page is in here by itself. */
export function routesUnder(...patterns: string[]): string[] {
	const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: 'src/pages' })).filter((file) => /\.(astro|ts)$/.test(file));
	return files.map((file) => `/${file.replace(/(\/index)?\.(astro|ts)$/, '')}`).sort();
}

/**
 * What stands in a bracket: by the word before it and its name. `[reference]` is the case; a word is itself; `keys.x` is the key of what `hang` makes.
 * Whoever adds a page with a bracket of its own adds a line, and to `hang` what it is the key of.
 */
const FILLS: Record<string, readonly string[] | keyof typeof HANG | 'concern'> = {
	'concerns/[reference]': ['REFERENCE'],
	'retention/[reference]': ['REFERENCE'],
	'[reference]/[act]': ['declare', 'take-on', 'message', 'let-in', 'agree', 'keep', 'time'],
	'documents/[file]': 'file',
	'pack/[file]': 'file',
	'letters/[id]': 'letter',
	'[id]/[act]': ['send'],
	'packs/[no]': ['1'],
	'pack/[no]': ['1'],
	'lines/[n]': ['1'],
	'panels/[no]': ['1'],
	'[no]/[act]': ['send', 'vote'],
	'bundle/[id]': 'bundle',
	'[id]/[no]': ['1'],
	'orders/[order]': ['3-0-1'],
	'new/[decision]': ['3-0'],
	'[order]/[act]': ['publish'],
	'condition/[no]': ['1'],
	'conditions/[condition]': ['3-0-1-1'],
	'typed/[id]': 'concern',
	'part/[part]': ['what'],
};

/** Every address of a route for a case. @throws Error in words for a bracket that has no line above */
export function addressesOf(route: string, { id, reference, keys }: Hung): string[] {
	const parts = route.split('/');
	return parts.reduce<string[]>(
		(made, part, at) => {
			if (!part.startsWith('[')) return made.map((path) => (at === 0 ? '' : `${path}/${part}`));
			const bracket = `${parts[at - 1]}/${part}`;
			const fill = FILLS[bracket];
			if (fill === undefined) throw new Error(`${route}: say in FILLS of concern-places.ts what stands in ${bracket}.`);
			const words = typeof fill === 'string' ? [fill === 'concern' ? id : (keys[fill] ?? '')] : fill.map((word) => (word === 'REFERENCE' ? reference : word));
			return made.flatMap((path) => words.map((word) => `${path}/${word}`));
		},
		[''],
	);
}

type Hang = (put: (text: string, ...values: unknown[]) => void, of: { key: string; concern: string; by: string }) => void;
const HANG = {
	file: (put, { key, concern }) =>
		put(
			`INSERT INTO concern_file (id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, added_at, scanned_at)
			VALUES (?, ?, 'complainant', 'evidence', 'application/pdf', 10, ?, ?, 0, 0)`,
			key,
			concern,
			hex(),
			hex(),
		),
	letter: (put, { key, concern, by }) =>
		put(
			`INSERT INTO concern_letter (id, concern_id, step_no, side, needs_two, made_by, made_at, changed_by, changed_at) VALUES (?, ?, 2, 'complainant', 0, ?, 0, ?, 0)`,
			key,
			concern,
			by,
			by,
		),
	pack: (put, { key, concern, by }) =>
		put("INSERT INTO concern_pack (id, concern_id, no, side, made_by, made_at) VALUES (?, ?, 1, 'complainant', ?, 0)", key, concern, by),
	panel: (put, { key, concern, by }) =>
		put(
			`INSERT INTO concern_panel (id, concern_id, no, kind, rules_version, sits_on, composed_by, composed_at) VALUES (?, ?, 1, 'screening', '2026-1', '2026-12-01', ?, 0)`,
			key,
			concern,
			by,
		),
	reply: (put, { key, concern }) => put("INSERT INTO concern_reply (id, concern_id, no, sent_at, sent_on) VALUES (?, ?, 1, 0, '2026-11-01')", key, concern),
	offer: (put, { key, concern, by }) => put('INSERT INTO concern_offer (id, concern_id, no, made_by, made_at) VALUES (?, ?, 1, ?, 0)', key, concern, by),
	bundle: (put, { key, concern, by }) =>
		put(
			`INSERT INTO concern_bundle (id, concern_id, purpose, version, chosen, steps, asked_by, asked_at, total) VALUES (?, ?, 'screening', 1, '[]', 2, ?, 0, 0)`,
			key,
			concern,
			by,
		),
	order: (put, { key, concern, by }) => {
		// As an agreement between the sides leaves it.
		put(
			"INSERT INTO concern_step (concern_id, no, kind, at, on_day, by_side, data, process_id) VALUES (?, 3, 'resolution_agreed', 0, '2026-11-01', 'system', '{}', 'x')",
			concern,
		);
		put(
			`INSERT INTO concern_order (id, concern_id, step_no, item, version, kind, months, public_text, drafted_by, drafted_at)
			VALUES (?, ?, 3, 0, 1, 'undertakings', 12, 'Words for everybody.', ?, 0)`,
			key,
			concern,
			by,
		);
	},
} as const satisfies Record<string, Hang>;

/** What `hang` makes one of. */
export const KINDS_HUNG: readonly string[] = Object.keys(HANG);

/** Hangs one of everything on a case, so that the keys in its addresses are keys of something. `isTold`: an order only follows what its therapist was told of. */
export function hang({ sql }: Db, concern: string, { by, isTold }: { by: string; isTold: boolean }): Record<string, string> {
	const keys = Object.fromEntries(KINDS_HUNG.map((kind) => [kind, newId()]));
	for (const [kind, make] of Object.entries(HANG))
		if (isTold || kind !== 'order') make((text, ...values) => void sql.prepare(text).run(...values), { key: keys[kind] ?? '', concern, by });
	return keys;
}

const hex = () => randomBytes(32).toString('hex');
