import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { Item } from './pack-store.ts';

/** What may be chosen for a pack. `key`: its kind and source, as a form sends it. `words`: null for a document. */
export type Source = Pick<Item, 'kind' | 'sourceId'> & { key: string; label: string; words: string | null };

/** Everything of a case that may be laid before a side, with its words: never how the person who raised it can be reached. Never authorises. */
export function sourcesOf(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): Source[] {
	const rows = prepared(ctx.db.sql, SOURCES).all({ id: concernId }) as Row[];
	const words = openTexts(
		ctx,
		concernId,
		rows.flatMap((row) => placeOf(row) ?? []),
	);
	return rows.map((row) => {
		const place = placeOf(row);
		return { kind: row.kind, sourceId: row.sourceId, key: keyOf(row), label: LABELS[row.kind](row), words: place === null ? null : (words.get(place) ?? '') };
	});
}

/** What each of them is called, by its key: no words are opened. Never authorises. */
export function sourceLabels({ db }: Pick<Ctx, 'db'>, concernId: string): Map<string, string> {
	const rows = prepared(db.sql, SOURCES).all({ id: concernId }) as Row[];
	return new Map(rows.map((row) => [keyOf(row), LABELS[row.kind](row)]));
}

/** How a form names a source. */
export const keyOf = ({ kind, sourceId }: Pick<Item, 'kind' | 'sourceId'>) => (sourceId === null ? kind : `${kind}:${sourceId}`);

type Row = Pick<Item, 'kind' | 'sourceId'> & { no: number; side: string; at: number | null };

function placeOf({ kind, sourceId, no }: Row): string | null {
	if (kind === 'file') return null;
	if (kind === 'reply') return `reply:${no}:all`;
	return sourceId === null ? kind : `${kind}:${sourceId}`;
}

const LABELS: Record<Item['kind'], (row: Row) => string> = {
	statement: () => 'What was said by the person who raised it',
	allegation: ({ no }) => `Allegation ${no}`,
	reply: ({ no, at }) => `Reply ${no} of the therapist, ${sayInstant(at ?? 0)}`,
	message: ({ side, at }) => `${side}, ${sayInstant(at ?? 0)}`,
	file: ({ no, side }) => `Document ${no} (${side})`,
};

const SOURCES = `SELECT 'statement' AS kind, NULL AS sourceId, 0 AS no, '' AS side, NULL AS at, 1 AS rank
		FROM vault_text WHERE vault_id = :id AND place = 'statement'
	UNION ALL SELECT 'allegation', id, no, '', NULL, 2 FROM concern_allegation WHERE concern_id = :id
	UNION ALL SELECT 'reply', id, no, '', sent_at, 3 FROM concern_reply WHERE concern_id = :id
	UNION ALL SELECT 'message', id, 0, CASE WHEN is_from_office = 1 THEN 'The office to ' || CASE side WHEN 'complainant' THEN 'the person who raised it' ELSE 'the therapist' END
			WHEN side = 'complainant' THEN 'The person who raised it to the office' ELSE 'The therapist to the office' END, sent_at, 4
		FROM concern_message WHERE concern_id = :id
	UNION ALL SELECT 'file', id, row_number() OVER (ORDER BY added_at, id), CASE WHEN kind = 'redacted' THEN 'with something covered'
			WHEN lane = 'complainant' THEN 'from the person who raised it' WHEN lane = 'respondent' THEN 'from the therapist' ELSE 'from the office' END, added_at, 5
		FROM concern_file WHERE concern_id = :id AND removed_at IS NULL AND quarantined_at IS NULL AND scanned_at IS NOT NULL AND kind <> 'report'
			AND id NOT IN (SELECT original_id FROM concern_redacted_file WHERE original_id IS NOT NULL)
	ORDER BY rank, no, at, sourceId`;
