import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { savedOnOf } from './draft-store.ts';
import { standingOf } from './step.ts';
import { noteLook } from './typed-commands.ts';
import { canCheck, canType, ownTyped, type TypedDraft, typedToCheck } from './typed-store.ts';

/** One line of the list: nobody is named in it. */
export type TypedLine = { id: string; title: string; state: string; goesOn: string };

/** What the actor typed that is not sent yet, and what waits for them to check. @throws Forbidden */
export function typedLists(ctx: Ctx): { own: TypedLine[]; toCheck: TypedLine[] } {
	allow(canCheck(ctx));
	const { personId } = personOf(ctx);
	const rows = (text: string) => (prepared(ctx.db.sql, text).all({ me: personId }) as Row[]).map((row) => lineOf(ctx, row));
	return { own: canType(ctx) ? rows(OWN) : [], toCheck: rows(TO_CHECK) };
}

/** What the actor typed, to go on with it; that they read it is noted. @throws NotFound */
export function typedView(ctx: Ctx, id: string): TypedDraft {
	const found = ownTyped(ctx, id);
	commit(ctx, { name: 'read what was typed' }, (tx) => noteLook(tx, id, 'typed'));
	return found;
}

/** What another typed, to check it; that they read it is noted. @throws NotFound */
export function typedCheckView(ctx: Ctx, id: string): TypedDraft {
	const found = typedToCheck(ctx, id);
	commit(ctx, { name: 'read what was typed' }, (tx) => noteLook(tx, id, 'checked'));
	return found;
}

/** How something came, in words. */
export const CAME_WORDS = {
	online: 'by the website',
	telephone: 'by telephone',
	letter: 'by letter',
	email: 'by e-mail',
	own_motion: 'of our own motion',
} as const;
export const CONFIRMED_WORDS = { telephone: 'by telephone', letter: 'in a signed letter', own_motion: 'nobody has to: we raise it ourselves' } as const;

type Row = { id: string; way: keyof typeof CAME_WORDS; cameOn: string; keyGivenAt: number | null; openedAt: number | null; recordedAt: number | null };

function lineOf(ctx: Ctx, row: Row): TypedLine {
	const { concern, rules } = standingOf(ctx.db, row.id);
	const came = CAME_WORDS[row.way];
	const title = `${came.charAt(0).toUpperCase()}${came.slice(1)}, ${sayDay(row.cameOn)}`;
	return { id: row.id, title, state: stateOf(row), goesOn: addDays(savedOnOf(ctx.db, concern), rules.draftDays) };
}

function stateOf({ keyGivenAt, openedAt, recordedAt }: Row): string {
	if (openedAt !== null) return 'The person has opened it, and sends it themselves';
	if (recordedAt !== null) return 'Waits for a second person to check that it was confirmed';
	return keyGivenAt === null ? 'Being typed' : 'The person has a key: it waits for them to confirm it';
}

const COLUMNS = `SELECT t.concern_id AS id, c.way, t.came_on AS cameOn, t.key_given_at AS keyGivenAt, t.opened_at AS openedAt, t.recorded_at AS recordedAt
	FROM concern_typed t JOIN concern c ON c.id = t.concern_id`;
const OWN = `${COLUMNS} WHERE c.phase = 'enquiry' AND t.typed_by = :me ORDER BY t.came_on, c.begun_at`;
const TO_CHECK = `${COLUMNS} WHERE c.phase = 'enquiry' AND t.recorded_by IS NOT NULL AND t.opened_at IS NULL AND t.recorded_by <> :me AND t.typed_by <> :me
	AND NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = c.id AND i.other_id = :me) ORDER BY t.recorded_at`;
