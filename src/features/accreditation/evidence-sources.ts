import { hash } from 'node:crypto';
import { sayDay } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationEvidence } from '#db/schema/index.ts';
import { declaredYears, supervisedBetween, supervisionTotals } from '#features/cpd/index.ts';
import { caseContent, trainedCases, trainingCourses } from './evidence-training.ts';

export type EvidenceSource = (typeof accreditationEvidence.$inferSelect)['source'];
/** Something on record that may stand as evidence. `note`: what should be known of it; `content`: what it says, for the snapshot: asked for only then. */
export type Candidate = { source: EvidenceSource; sourceId: string; title: string; note: string | null; content(): object };

const MOST_ENTRIES = 60;

/** What each source offers of a person's record. A file comes by itself, not from here. */
const OFFERS: Record<Exclude<EvidenceSource, 'file'>, (db: Db, personId: string, applicationId: string, today: string) => Candidate[]> = {
	course: (db, personId) =>
		trainingCourses(db, personId).map((attendance) => ({
			source: 'course',
			sourceId: attendance.id,
			title: `${attendance.course.title}, ${attendance.course.provider}, ${hours(attendance.minutes)}, ${sayDay(attendance.course.fromOn)}`,
			note: attendance.state === 'confirmed' ? null : 'Your attendance is not confirmed yet.',
			content: () => attendance,
		})),
	case: (db, personId, _, today) =>
		trainedCases(db, personId, today).map(({ id, place, code, focalWords, isPassed, sessionsSupervised }) => ({
			source: 'case',
			sourceId: id,
			title: `Case ${place} (${code}): ${focalWords.toLowerCase()}, ${sessionsSupervised} sessions supervised`,
			note: isPassed ? null : 'Your supervisor has not passed it, or has not signed it as it is now.',
			content: () => caseContent(db, id),
		})),
	cpd_entry: (db, personId) => {
		const text = `SELECT id, title, done_on AS doneOn, minutes, category, provider, learned, changed, effect FROM cpd_entry
			WHERE person_id = ? AND is_draft = 0 AND deleted_at IS NULL AND done_on IS NOT NULL ORDER BY done_on DESC, id DESC LIMIT ${MOST_ENTRIES}`;
		const rows = prepared(db.sql, text).all(personId) as { id: string; title: string; doneOn: string; minutes: number }[];
		return rows.map(({ id, ...entry }) => ({
			source: 'cpd_entry',
			sourceId: id,
			title: `${entry.title}, ${hours(entry.minutes ?? 0)}, ${sayDay(entry.doneOn)}`,
			note: null,
			content: () => entry,
		}));
	},
	cpd_year: (db, personId) =>
		declaredYears(db, personId).map(({ id, ...year }) => ({
			source: 'cpd_year',
			sourceId: id,
			title: `CPD year ${sayDay(year.fromOn)} to ${sayDay(year.toOn)}, ${year.isMet ? 'met' : 'not met'}`,
			note: null,
			content: () => year,
		})),
	supervision: (db, personId, _, today) =>
		supervisedBetween(db, personId)
			.filter(({ role }) => role === 'supervisee')
			.map(({ relationId, fromOn, toOn, ...span }) => {
				const name = span.outsideName ?? nameOf(db, span.otherPersonId);
				const { minutes, confirmed } = supervisionTotals(db, personId, fromOn, toOn ?? today);
				const when = toOn === null ? `since ${sayDay(fromOn)}` : `${sayDay(fromOn)} to ${sayDay(toOn)}`;
				const note = confirmed < minutes ? `Confirmed so far: ${hours(confirmed)}.` : null;
				return {
					source: 'supervision',
					sourceId: relationId,
					title: `Supervision with ${name} ${when}, ${hours(minutes)} logged`,
					note,
					content: () => ({ supervisor: name, fromOn, toOn, minutes, confirmed }),
				};
			}),
	earlier_application: (db, personId, applicationId) => {
		const text = `SELECT a.id, a.reference, s.content, s.digest, s.submitted_at AS submittedAt FROM accreditation_application a
			JOIN accreditation_submission s ON s.application_id = a.id
			WHERE a.person_id = ? AND a.id <> ? AND s.no = (SELECT max(no) FROM accreditation_submission WHERE application_id = a.id) ORDER BY a.begun_at DESC`;
		const rows = prepared(db.sql, text).all(personId, applicationId) as { id: string; reference: string; content: string; digest: string }[];
		return rows.map(({ id, reference, content, digest }) => ({
			source: 'earlier_application',
			sourceId: id,
			title: `Your application ${reference}`,
			note: null,
			content: () => ({ reference, digest, sent: JSON.parse(content) as object }),
		}));
	},
};

/** What of a person's record may be used in a section that takes these kinds of evidence. Never authorises. */
export function candidatesFor(db: Db, who: { personId: string; applicationId: string; today: string }, kinds: readonly EvidenceSource[]): Candidate[] {
	return kinds.flatMap((kind) => (kind === 'file' ? [] : OFFERS[kind](db, who.personId, who.applicationId, who.today)));
}

/** What a piece of evidence says now, as text that is kept with what was sent; null when it is no longer there. Never authorises. */
export function snapshotOf(
	db: Db,
	who: { personId: string; applicationId: string; today: string },
	evidence: { source: EvidenceSource; sourceId: string },
): string | null {
	if (evidence.source === 'file') return fileSnapshot(db, evidence.sourceId);
	const found = candidatesFor(db, who, [evidence.source]).find(({ sourceId }) => sourceId === evidence.sourceId);
	return found ? JSON.stringify({ title: found.title, note: found.note, ...found.content() }) : null;
}

/** The digest of a text, for what was sent. */
export function digestOf(text: string): string {
	return hash('sha256', text);
}

function fileSnapshot(db: Db, id: string): string | null {
	const text = 'SELECT name, type, bytes, sha256 FROM stored_file WHERE id = ? AND deleted_at IS NULL';
	const row = prepared(db.sql, text).get(id);
	return row === undefined ? null : JSON.stringify(row);
}

function nameOf(db: Db, personId: string | null): string {
	const text = "SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL";
	return (prepared(db.sql, text).pluck().get(personId) as string | undefined) ?? 'a supervisor';
}

function hours(minutes: number): string {
	return `${(Math.round(minutes / 6) / 10).toLocaleString('en-GB')} hours`;
}
