import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { referToMeeting } from './meeting-agenda-commands.ts';
import { refuseUnpaidRenewal } from './renewal-fee.ts';
import { renewalConfirmed, renewalQuestions, renewalRefused, renewalToAssess } from './renewal-mails.ts';
import { renewalRules } from './renewal-rules.ts';
import { assessorRenewal, officerRenewal, renewalSight } from './renewal-sight.ts';
import { takeRenewalStep } from './renewal-step.ts';
import { confirmTerms, endTerms } from './renewal-terms.ts';
import { itemsFor, judgeItem, putItems, putWords } from './upkeep-items.ts';
import { committeeSaid } from './upkeep-referral.ts';
import { type Declared, endReviewer, putDeclared, putReviewer, reviewersOf } from './upkeep-reviewers.ts';

type Seen = { seen: number };
const subjectOf = (id: string) => ({ kind: 'renewal', id }) as const;

/** Gives a re-accreditation to an assessor. @throws NotFound, Conflict; Invalid when they are no assessor or the record ties them to the member */
export function assignRenewal(ctx: Ctx, reference: string, { seen, person }: Seen & { person: string }): void {
	const sight = officerRenewal(ctx, reference, seen);
	const { id, personId } = sight.renewal;
	commit(ctx, { name: 'assignRenewal' }, (tx) => {
		const taken = takeRenewalStep(tx, sight, 'assigned', { person });
		putReviewer(tx, subjectOf(id), personId, { person, place: 1 });
		postTo(tx, person, (to) => renewalToAssess(ctx.settings, { key: `${id}:${taken.seen}`, reference }, to));
	});
}

/** Takes it from its assessor. @throws NotFound, Conflict */
export function unassignRenewal(ctx: Ctx, reference: string, { seen, words }: Seen & { words: string }): void {
	const sight = officerRenewal(ctx, reference, seen);
	const subject = subjectOf(sight.renewal.id);
	const [reviewer] = reviewersOf(ctx.db, subject);
	if (!reviewer) throw new Conflict('Nobody has it.');
	commit(ctx, { name: 'unassignRenewal', reason: words }, (tx) => {
		endReviewer(tx, reviewer.id, 'replaced');
		takeRenewalStep(tx, sight, 'unassigned', { person: reviewer.personId, because: 'replaced' });
	});
}

/** What its assessor says before the file opens; whoever steps back knows nothing of it from then on. @throws NotFound, Conflict, Invalid */
export function declareOnRenewal(ctx: Ctx, reference: string, input: Declared): void {
	const sight = renewalSight(ctx, reference);
	const { place } = sight;
	if (place === null) throw new NotFound('There is no such re-accreditation.');
	commit(ctx, { name: 'declareOnRenewal' }, (tx) => {
		putDeclared(tx, subjectOf(sight.renewal.id), place, input);
		if (input.declared === 'recuse') takeRenewalStep(tx, sight, 'unassigned', { person: place.personId, because: 'recused' });
	});
}

/** Asks the member, item by item, with a day for all. @throws NotFound; Conflict when no round is left */
export function askOnRenewal(ctx: Ctx, reference: string, { seen, questions }: Seen & { questions: readonly string[] }): void {
	const sight = assessorRenewal(ctx, reference, seen);
	const { id, personId } = sight.renewal;
	const dueOn = addDays(ctx.today, renewalRules(ctx.db, ctx.today).informationDays);
	commit(ctx, { name: 'askOnRenewal' }, (tx) => {
		const round = sight.state.rounds + 1;
		takeRenewalStep(tx, sight, 'information_requested', { round, dueOn });
		putItems(tx, subjectOf(id), { kind: 'question', round, items: questions.map((words) => ({ words, dueOn })) });
		postTo(tx, personId, (to) => renewalQuestions(ctx.settings, { key: `${id}:${round}`, dueOn }, to));
	});
}

/** The assessor confirms: the next period begins, in the same transaction. @throws NotFound, Conflict */
export function confirmAssessed(ctx: Ctx, reference: string, { seen, words }: Seen & { words: string }): void {
	const sight = assessorRenewal(ctx, reference, seen);
	const { id, personId } = sight.renewal;
	refuseUnpaidRenewal(ctx, sight.renewal);
	commit(ctx, { name: 'confirmAssessed' }, (tx) => {
		const term = confirmTerms(tx, sight);
		const taken = takeRenewalStep(tx, sight, 'confirmed', { by: 'assessor', ...term });
		putWords(tx, subjectOf(id), taken.seen, words);
		postTo(tx, personId, (to) => renewalConfirmed(ctx.settings, { key: id, toOn: term.toOn, tasks: [] }, to));
	});
}

export type TasksInput = Seen & { tasks: readonly string[]; dueOn: string; words: string };

/** The assessor confirms with tasks that have a day. @throws NotFound, Conflict; Invalid beside `dueOn` */
export function confirmWithTasks(ctx: Ctx, reference: string, { seen, tasks, dueOn, words }: TasksInput): void {
	const sight = assessorRenewal(ctx, reference, seen);
	const { id, personId } = sight.renewal;
	const months = renewalRules(ctx.db, ctx.today).conditionMostMonths;
	if (dueOn <= ctx.today || dueOn > addMonths(ctx.today, months)) throw new Invalid('dueOn', `Choose a day to come, within ${months} months.`);
	refuseUnpaidRenewal(ctx, sight.renewal);
	commit(ctx, { name: 'confirmWithTasks' }, (tx) => {
		const term = confirmTerms(tx, sight);
		const items = tasks.map((one) => ({ words: one, dueOn }));
		const put = putItems(tx, subjectOf(id), { kind: 'task', round: 1, items });
		const taken = takeRenewalStep(tx, sight, 'conditional', { tasks: put, ...term });
		putWords(tx, subjectOf(id), taken.seen, words);
		postTo(tx, personId, (to) => renewalConfirmed(ctx.settings, { key: id, toOn: term.toOn, tasks: items }, to));
	});
}

/** An officer says whether a task was done; one that was not goes to the committee. @throws NotFound, Conflict, Invalid */
export function judgeTask(
	ctx: Ctx,
	reference: string,
	{ seen, item, judgement, words }: Seen & { item: string; judgement: 'met' | 'missed'; words: string },
): void {
	const sight = officerRenewal(ctx, reference, seen);
	if (!sight.state.openTasks.some(({ id }) => id === item)) throw new Invalid('item', 'Choose a task that is open.');
	if (judgement === 'missed' && words === '') throw new Invalid('words', 'Say why it counts as not done.');
	commit(ctx, { name: 'judgeTask' }, (tx) => {
		judgeItem(tx, item, judgement);
		const taken = takeRenewalStep(tx, sight, judgement === 'met' ? 'task_met' : 'task_missed', { task: item });
		putWords(tx, subjectOf(sight.renewal.id), taken.seen, words);
	});
}

/** The assessor does not confirm: the committee decides, nobody else. @throws NotFound, Conflict */
export function putRenewalToCommittee(ctx: Ctx, reference: string, { seen, words }: Seen & { words: string }): void {
	const sight = assessorRenewal(ctx, reference, seen);
	commit(ctx, { name: 'putRenewalToCommittee', reason: words }, (tx) => {
		const taken = takeRenewalStep(tx, sight, 'put_to_committee');
		putWords(tx, subjectOf(sight.renewal.id), taken.seen, words);
	});
}

/** An officer puts it on the agenda of a meeting: whether it is refused. @throws NotFound, Conflict when it is on one */
export function referRenewal(ctx: Ctx, reference: string, { seen, meeting }: Seen & { meeting: string }): void {
	const sight = officerRenewal(ctx, reference, seen);
	if (sight.phase !== 'panel') throw new Conflict('This does not wait for the committee.');
	const { id } = sight.renewal;
	commit(ctx, { name: 'referRenewal' }, (tx) => {
		if (committeeSaid(tx.db, id) !== 'not_asked') throw new Conflict('It is on an agenda already.');
		referToMeeting(tx, meeting, { kind: 'audit', subjectId: id, title: `Refuse re-accreditation ${reference}?` });
	});
}

/**
 * What the committee resolved takes effect: agreed, it is refused and ends; not agreed, it is confirmed. An officer writes the letter's words.
 * @throws NotFound; Conflict while the meeting has not resolved it
 */
export function resolveRenewal(ctx: Ctx, reference: string, { seen, words }: Seen & { words: string }): void {
	const sight = officerRenewal(ctx, reference, seen);
	const { id, personId } = sight.renewal;
	const said = committeeSaid(ctx.db, id);
	if (said !== 'agreed' && said !== 'disagreed') throw new Conflict('The committee has not resolved this yet.');
	commit(ctx, { name: 'resolveRenewal', reason: words }, (tx) => {
		if (said === 'disagreed') {
			const wasGiven = sight.steps.some(({ kind }) => kind === 'conditional');
			if (!wasGiven) refuseUnpaidRenewal(ctx, sight.renewal);
			const term = wasGiven ? {} : confirmTerms(tx, sight);
			takeRenewalStep(tx, sight, 'confirmed', { by: 'committee', ...term });
			const toOn = prepared(tx.db.sql, 'SELECT max(to_on) FROM award_term WHERE award_id = ?').pluck().get(sight.renewal.awardId) as string;
			return postTo(tx, personId, (to) => renewalConfirmed(ctx.settings, { key: id, toOn, tasks: [] }, to));
		}
		endTerms(tx, sight);
		const taken = takeRenewalStep(tx, sight, 'refused');
		putWords(tx, subjectOf(id), taken.seen, words);
		const endedOn = (prepared(tx.db.sql, 'SELECT ended_on FROM award WHERE id = ?').pluck().get(sight.renewal.awardId) as string | null) ?? ctx.today;
		postTo(tx, personId, (to) => renewalRefused(ctx.settings, { key: id, endedOn, words }, to));
	});
}

/** The items of a renewal for whoever works on it. @throws NotFound */
export function itemsOnRenewal(ctx: Ctx, reference: string) {
	return itemsFor(ctx.db, subjectOf(renewalSight(ctx, reference).renewal.id));
}
