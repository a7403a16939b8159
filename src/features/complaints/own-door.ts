import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { openText, openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { noteRead } from './sight.ts';
import type { Step } from './state.ts';
import { type Standing, standingOf } from './step.ts';

/** A case for the therapist it is about, or for whoever speaks for them. `toldOn`: the day on which they were first told of it. */
export type OwnSight = Standing & { personId: string; as: 'respondent' | 'representative'; toldOn: string };
/** The same, opened: what it holds is read through it. Only what is theirs to read may be asked for (`pack-read.ts`, `own-*`). */
export type OwnCase = OwnSight & { text(place: string): string | null; texts(places: readonly string[]): Map<string, string> };

const NONE = 'There is no such case.';

/**
 * A case for the one it is about, or for a representative of theirs who agreed; only after they were told. Somebody else, somebody it was once
 * thought to be about, and everybody before it was told learn nothing, not even that there is one: the same questions run for every answer.
 * Notes nothing: for commands. @throws NotFound, SignInRequired
 */
export function respondentSight(ctx: Ctx, reference: string): OwnSight {
	const { personId } = personOf(ctx);
	const found = prepared(ctx.db.sql, FOUND).get(reference) as { id: string; respondentId: string | null } | undefined;
	const id = found?.id ?? '';
	const speaks = prepared(ctx.db.sql, SPEAKS).get(id, personId) !== undefined;
	const toldOn = toldOnOf(prepared(ctx.db.sql, TOLD).all(id) as ToldRow[]);
	const isRespondent = found?.respondentId === personId;
	if (!found || toldOn === null || !(isRespondent || speaks)) throw new NotFound(NONE);
	return { ...standingOf(ctx.db, id), personId, as: isRespondent ? 'respondent' : 'representative', toldOn };
}

/** Opens it and notes that they did, as `respondent` or `representative`. @param what a word for what is opened: `own`, `file:<id>` */
export function respondentCase(ctx: Ctx, reference: string, what = 'own'): OwnCase {
	const sight = respondentSight(ctx, reference);
	const { id } = sight.concern;
	noteRead(ctx, { concernId: id, personId: sight.personId, capacity: sight.as, what });
	return { ...sight, text: (place) => openText(ctx, id, place), texts: (places) => openTexts(ctx, id, places) };
}

/** The day on which the one it is about was told: by disclosure, when settling began, or by an interim order; null before. Pure. */
export function toldOnIn(steps: readonly Step[]): string | null {
	return steps.find(isTelling)?.onDay ?? null;
}

function isTelling({ kind, data }: Pick<Step, 'kind' | 'data'>): boolean {
	return kind === 'disclosed' || kind === 'resolution_begun' || (kind === 'interim_decided' && data.imposed === true);
}

type ToldRow = { kind: Step['kind']; onDay: string; data: string };

function toldOnOf(rows: readonly ToldRow[]): string | null {
	return rows.find(({ kind, data }) => isTelling({ kind, data: JSON.parse(data) as Step['data'] }))?.onDay ?? null;
}

const FOUND = 'SELECT id, respondent_id AS respondentId FROM concern WHERE reference = ?';
const SPEAKS = `SELECT 1 FROM concern_party WHERE concern_id = ? AND person_id = ? AND kind = 'representative' AND side = 'respondent'
	AND agreed_at IS NOT NULL AND left_at IS NULL LIMIT 1`;
const TOLD = `SELECT kind, on_day AS onDay, data FROM concern_step
	WHERE concern_id = ? AND kind IN ('disclosed', 'resolution_begun', 'interim_decided') ORDER BY no`;
