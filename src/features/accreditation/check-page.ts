import type { Ctx } from '#core/ctx.ts';
import { sayDay, sayInstant } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { OUTCOME_LABELS, PHASE_LABELS, STEP_LABELS, TURN_LABELS } from './check-words.ts';
import { assignmentsOf, type Sight } from './gate-sight.ts';
import { holdOf } from './hold-commands.ts';
import { INTEREST_WORDS, interestsIn, OWN_CIRCLE } from './interests.ts';
import { areSheetsOpen } from './sheet-queries.ts';
import { assessorsNeeded } from './state.ts';

type Row = { key: string; value: string };
/** Somebody who assesses, as the office sees them. `tiedBy`: an interest that has come up since, in words. */
export type AssessorLine = { personId: string; name: string; place: number; words: string; declared: string; tiedBy: string | null };

/** Where an application stands, in lines to read. What only the office should know is left out for assessors. */
export function standingRows(ctx: Ctx, { application, route, state, isOfficer }: Sight): Row[] {
	const { dueOn, heldUntilOn } = application;
	const hold = state.hold === null ? null : holdOf(ctx.db, application.id);
	return [
		{ key: 'Applicant', value: nameOf(ctx.db, application.personId) ?? 'Without a name' },
		{ key: 'Route', value: `${route.title} (standards ${application.standardsVersion})` },
		{ key: 'Where it stands', value: `${PHASE_LABELS[state.phase]}, since ${sayDay(state.phaseFromOn)}` },
		{ key: 'Whose turn', value: TURN_LABELS[application.turn] },
		{ key: 'Due', value: dueOn === null ? (heldUntilOn === null ? 'Nothing is due' : 'All clocks stand still') : sayDue(dueOn, ctx.today) },
		...(heldUntilOn ? [{ key: 'On hold', value: `Until ${sayDay(heldUntilOn)}${hold && isOfficer ? `: ${hold.words}` : ''}` }] : []),
		...(state.outcome ? [{ key: 'Outcome', value: OUTCOME_LABELS[state.outcome] }] : []),
		...(state.rounds > 0 ? [{ key: 'Asked for more', value: `${state.rounds} of 3 rounds${state.noReply ? '; no answer came to the last one' : ''}` }] : []),
	];
}

/** `5 January 2027`, and whether it is past. */
export function sayDue(dueOn: string, today: string): string {
	return dueOn < today ? `${sayDay(dueOn)}: overdue` : sayDay(dueOn);
}

/** Who assesses an application. Before the sheets open assessors are told of nobody else. */
export function assessorLines(ctx: Ctx, sight: Sight): AssessorLine[] {
	const all = assignmentsOf(ctx.db, sight.application.id);
	const own = sight.assignment?.personId;
	const shown = sight.isOfficer || areSheetsOpen(sight) ? all : all.filter(({ personId }) => personId === own);
	return shown.map(({ personId, place, isBlind, sealedAt, declared, declaredWords }) => ({
		personId,
		place,
		name: nameOf(ctx.db, personId) ?? 'Without a name',
		words: [place === 1 ? 'Lead' : isBlind ? 'Marks blind' : 'Second', sealedAt === null ? 'sheet not sealed yet' : `sealed on ${sayInstant(sealedAt)}`].join(
			', ',
		),
		declared: declared === null ? 'Has not declared yet' : declared === 'none' ? 'Nothing to declare' : `Declared: ${declaredWords}`,
		tiedBy: tiedBy(ctx, sight, personId),
	}));
}

/** How many assessors are still wanted. */
export function assessorsWanted({ state, route }: Sight): number {
	return Math.max(0, assessorsNeeded(state, route) - state.assessors.length);
}

export type Happening = { what: string; when: string; who: string };

/** What happened, newest first. To assessors it names nobody else before the sheets open, and hides what the others did until then. */
export function happenings(ctx: Ctx, sight: Sight): Happening[] {
	const names = new Map<string, string>();
	const nameFor = (id: string) => names.get(id) ?? names.set(id, nameOf(ctx.db, id) ?? 'Somebody').get(id) ?? 'Somebody';
	const mayNameAll = sight.isOfficer || areSheetsOpen(sight);
	const own = sight.assignment?.personId;
	return sight.steps
		.filter(({ kind, data }) => mayNameAll || !['assigned', 'unassigned', 'sheet_sealed'].includes(kind) || data.person === own)
		.map(({ kind, at, byPerson }) => ({
			what: STEP_LABELS[kind],
			when: sayInstant(at),
			who: byPerson === null ? 'The system' : mayNameAll ? nameFor(byPerson) : '',
		}))
		.reverse();
}

/** The last reads of a file, for its page: who opened it, and when. */
export function lastReads(ctx: Ctx, { application }: Sight): { who: string; when: string }[] {
	const text = `SELECT actor, recorded_at AS at FROM audit_event WHERE subject_type = 'application' AND subject_id = ? AND kind = 'accreditation.file_read'
		ORDER BY seq DESC LIMIT 10`;
	const rows = prepared(ctx.db.sql, text).all(application.id) as { actor: string; at: number }[];
	return rows.map(({ actor, at }) => ({ who: nameOf(ctx.db, actor.replace('person:', '')) ?? 'Somebody', when: sayInstant(at) }));
}

function tiedBy(ctx: Ctx, { application, isOfficer }: Sight, personId: string): string | null {
	if (!isOfficer) return null;
	const found = interestsIn(ctx.db, application.id, personId).filter((interest) => OWN_CIRCLE.includes(interest));
	return found.length === 0 ? null : found.map((interest) => INTEREST_WORDS[interest]).join('; ');
}
