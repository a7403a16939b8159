import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay, sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { readStoredFile, type StoredFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { answerFacts } from './check-requests.ts';
import { type DecisionLetter, lettersOn } from './decision-letter.ts';
import { type Condition, conditionsOf, decisionsOn } from './decision-queries.ts';
import type { EvidenceFact } from './gate-evidence.ts';
import { type ApplicationFile, fileOf } from './gate-file.ts';
import { partIn } from './meeting-part.ts';
import { seatOf } from './meeting-policy.ts';
import { placeFor } from './meeting-table.ts';
import { requestsIn } from './request-queries.ts';
import { fileAt, type Scan, scansOf } from './request-scan.ts';
import { requestState } from './request-state.ts';
import { REQUEST_STATE_WORDS, REQUEST_WORDS } from './request-words.ts';
import { type Review, reviewOf } from './review-commands.ts';
import { type Sheet, sealedSheets } from './sheet-queries.ts';
import { type Reconciliation, reconciliationsOf } from './sheet-reconcile.ts';
import { type Standing, standingOf } from './step.ts';

type Place = { reference: string; no: number };
export type AskedOne = { title: string; state: string; facts: EvidenceFact[]; scans: Scan[]; judged: string };
/** Everything the committee has before it: what was sent, the opened sheets, what others wrote, earlier decisions and a review that is asked for. */
export type Papers = {
	standing: Standing;
	applicant: string;
	file: ApplicationFile;
	sheets: { sheet: Sheet; title: string }[];
	reconciliation: Reconciliation | null;
	asked: AskedOne[];
	letters: DecisionLetter[];
	conditions: Condition[];
	review: Review | null;
	advice: { name: string; words: string; when: string }[];
};

/**
 * The papers of an item for somebody at the table who has declared and takes part; every opening is recorded.
 * @throws NotFound for everybody else: whoever steps back or has not declared sees nothing of it
 */
export function openPapers(ctx: Ctx, place: Place): Papers {
	const { item, meeting, applicationId } = readable(ctx, place);
	commit(ctx, { name: 'open papers' }, (tx) =>
		record(
			tx,
			'meeting.papers_opened',
			{ type: 'application', id: applicationId },
			{ meeting: meeting.reference, item: item.position, reader: personOf(ctx).personId },
		),
	);
	const standing = standingOf(ctx.db, applicationId);
	return {
		standing,
		applicant: nameOf(ctx.db, standing.application.personId) ?? '',
		file: fileOf(ctx, standing),
		sheets: sealedSheets(ctx.db, applicationId).map((sheet) => ({ sheet, title: titleOf(ctx, sheet) })),
		reconciliation: reconciliationsOf(ctx.db, applicationId).at(-1) ?? null,
		asked: askedOf(ctx, applicationId),
		letters: lettersOn(ctx, standing),
		conditions: standing.state.decisionId === null ? [] : conditionsOf(ctx.db, standing.state.decisionId),
		review:
			decisionsOn(ctx.db, applicationId)
				.map(({ id }) => reviewOf(ctx.db, id))
				.find((review) => review !== null) ?? null,
		advice: adviceOn(ctx, item.id),
	};
}

/** One file of an application for somebody who may open its papers. @throws NotFound, Conflict while it is shut */
export async function readMeetingFile(ctx: Ctx, place: Place, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const { applicationId } = readable(ctx, place);
	const file = await readStoredFile(ctx, fileId, fileAt(ctx.db, applicationId, fileId));
	commit(ctx, { name: 'open papers' }, (tx) =>
		record(
			tx,
			'meeting.papers_opened',
			{ type: 'application', id: applicationId },
			{ meeting: place.reference, item: place.no, file: fileId, reader: personOf(ctx).personId },
		),
	);
	return file;
}

function readable(ctx: Ctx, place: Place) {
	const { meeting, members, item } = placeFor(ctx, place);
	const { applicationId } = item;
	if (applicationId === null || seatOf(ctx.actor, members) === null || partIn(ctx.db, item, personOf(ctx).personId) !== 'free')
		throw new NotFound('There are no papers for you here.');
	return { meeting, item, applicationId };
}

function titleOf(ctx: Ctx, { personId, place, isBlind }: Sheet): string {
	return `${nameOf(ctx.db, personId) ?? 'An assessor'} (${place === 1 ? 'lead assessor' : isBlind ? 'marked blind' : 'second assessor'})`;
}

function askedOf(ctx: Ctx, applicationId: string): AskedOne[] {
	return requestsIn(ctx.db, applicationId).map((row) => ({
		title: `${REQUEST_WORDS[row.kind].label}: ${row.toName}`,
		state: REQUEST_STATE_WORDS[requestState(row, ctx.today)].label,
		facts: row.ending === 'answered' ? answerFacts(row) : [],
		scans: scansOf(ctx, row),
		judged: row.judgement === null ? '' : `${JUDGED[row.judgement]}${row.judgementWords ? `: ${row.judgementWords}` : ''}`,
	}));
}

const JUDGED = { accepted: 'Accepted by the office', queried: 'Questioned by the office', rejected: 'Not accepted by the office' } as const;

function adviceOn(ctx: Ctx, itemId: string): Papers['advice'] {
	const rows = prepared(ctx.db.sql, 'SELECT person_id AS personId, words, written_at AS at FROM meeting_advice WHERE item_id = ? ORDER BY written_at').all(
		itemId,
	);
	return (rows as { personId: string; words: string; at: number }[]).map(({ personId, words, at }) => ({
		name: nameOf(ctx.db, personId) ?? '',
		words,
		when: sayInstant(at),
	}));
}

/** A condition as a line to read. */
export function conditionLine({ words, dueOn, evidence, judgement }: Condition): { key: string; value: string } {
	const parts = [words, evidence && `Shown: ${evidence}`, judgement && `The office: ${judgement}`].filter(Boolean);
	return { key: `By ${sayDay(dueOn)}`, value: parts.join(' · ') };
}
