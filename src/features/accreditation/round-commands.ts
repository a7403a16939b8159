import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { forOfficer, type OfficerAct } from './check-commands.ts';
import { sightOf } from './gate-sight.ts';
import { canTake } from './policy.ts';
import type { NewItem, RoundInput } from './round-form.ts';
import { moreAsked, moreTimeGiven } from './round-mails.ts';
import { nextRoundDueOn } from './round-queries.ts';
import { PHASE_SAID, refusalOf } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';

/**
 * The lead (or an officer) asks the applicant for what can be mended, item by item; the clock stands still until the answer.
 * @throws NotFound; Conflict after three rounds, on hold, or when it has moved on; Invalid for what cannot be mended
 */
export function askForMore(ctx: Ctx, reference: string, { seen, items }: RoundInput): void {
	const sight = sightOf(ctx, reference);
	refuseStale(sight, seen);
	if (sight.isGateShut || !canTake(ctx.actor, sight.tie, 'information_requested')) throw new Conflict(PHASE_SAID[sight.state.phase]);
	const refusal = refusalOf(sight.state, 'information_requested', sight.route);
	const dueOn = nextRoundDueOn(sight, ctx.today);
	if (refusal !== null || dueOn === null) throw new Conflict(refusal ?? 'Three rounds have been asked already. Put it to the committee.');
	refuseUnmendable(sight, items);
	const { application, state } = sight;
	const round = state.rounds + 1;
	commit(ctx, { name: 'ask for more information' }, (tx) => {
		for (const item of items) insertItem(tx, application.id, { ...item, round, dueOn });
		takeStep(tx, sight, 'information_requested', { round, items: items.length, dueOn });
		const about = { key: `${application.id}:${round}:${sight.seen}`, reference, dueOn, items: items.length, round };
		postTo(tx, application.personId, (to) => moreAsked(ctx.settings, about, to));
	});
}

/** An officer gives an applicant more time, once a round, also when the time has passed. @throws NotFound, Conflict; Invalid without a reason */
export function extendRound(ctx: Ctx, reference: string, { seen, words }: OfficerAct): void {
	const sight = forOfficer(ctx, reference, 'information_extended', seen);
	if (words === '') throw new Invalid('words', 'Write why, in a sentence for the record.');
	const { application, state } = sight;
	const dueOn = extendedDay(sight, ctx.today);
	commit(ctx, { name: 'give more time', reason: words }, (tx) => {
		const taken = takeStep(tx, sight, 'information_extended', { round: state.rounds, dueOn });
		const answerBy = taken.application.dueOn ?? dueOn;
		moveItems(tx, taken, answerBy);
		const about = { key: `${application.id}:${state.rounds}`, reference, dueOn: answerBy };
		postTo(tx, application.personId, (to) => moreTimeGiven(ctx.settings, about, to));
	});
}

/** The day that a round would be moved to. */
export function extendedDay({ state, standards }: Standing, today: string): string {
	const from = state.phase === 'waiting_on_applicant' && state.roundDueOn !== null ? state.roundDueOn : today;
	return addDays(from, standards.limits.extensionDays);
}

/** Moves what is not answered yet of the running round to another day. Joins a transaction and never authorises. */
export function moveItems(tx: Tx, { application, state }: Standing, dueOn: string): void {
	const text = 'UPDATE accreditation_item SET due_on = ? WHERE application_id = ? AND round = ? AND answered_at IS NULL';
	prepared(tx.db.sql, text).run(dueOn, application.id, state.rounds);
}

function refuseUnmendable({ standards, route }: Standing, items: readonly NewItem[]): void {
	items.forEach(({ section, criterion, reason }, i) => {
		const part = route.sections.find(({ key }) => key === section);
		const isThere = part !== undefined && (criterion === null || part.criteria.some(({ key }) => key === criterion));
		if (!isThere) throw new Invalid(`place-${i}`, 'Choose what the question is about.');
		if (!standards.reasons.some(({ key, kind }) => key === reason && kind === 'fixable'))
			throw new Invalid(`reason-${i}`, 'Only what can be mended is asked for.');
	});
}

function insertItem(tx: Tx, applicationId: string, { section, criterion, reason, question, round, dueOn }: NewItem & { round: number; dueOn: string }): void {
	const text = `INSERT INTO accreditation_item (id, application_id, round, section, criterion, reason, question, asked_by, asked_at, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const { personId } = personOf(tx.ctx);
	prepared(tx.db.sql, text).run(newId(), applicationId, round, section, criterion, reason, question, personId, tx.ctx.now, dueOn);
}
