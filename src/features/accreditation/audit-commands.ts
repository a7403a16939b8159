import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths, sayDay } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { auditAskAnswered, auditExcused, auditNotSatisfied, auditPlan, auditQuestions, auditReferred, auditSatisfied, auditToReview } from './audit-mails.ts';
import { saidOn } from './audit-own.ts';
import { auditSight, sightFor } from './audit-sight.ts';
import { referableOn, sayByOn } from './audit-state.ts';
import { type AuditStanding, takeAuditStep } from './audit-step.ts';
import { referToMeeting } from './meeting-agenda-commands.ts';
import { judgeItem, putItems, putWords } from './upkeep-items.ts';
import { committeeSaid } from './upkeep-referral.ts';
import { type Declared, endReviewer, putDeclared, putReviewer } from './upkeep-reviewers.ts';

type Seen = { seen: number };
type Said = Seen & { words: string };
const subjectOf = (id: string) => ({ kind: 'audit', id }) as const;

/** Gives an audit to an auditor; once it was found short, to a second one. @throws NotFound, Conflict, Invalid */
export function assignAudit(ctx: Ctx, reference: string, { seen, person }: Seen & { person: string }): void {
	const sight = sightFor(ctx, reference, seen, 'assigned');
	const { id, personId } = sight.audit;
	commit(ctx, { name: 'assignAudit' }, (tx) => {
		const taken = takeAuditStep(tx, sight, 'assigned', { person });
		putReviewer(tx, subjectOf(id), personId, { person, place: sight.state.foundShortBy === null ? 1 : 2 });
		postTo(tx, person, (to) => auditToReview(ctx.settings, { key: `${id}:${taken.seen}`, reference }, to));
	});
}

/** What an auditor says before the log opens; whoever steps back knows nothing of it from then on. @throws NotFound, Conflict, Invalid */
export function declareOnAudit(ctx: Ctx, reference: string, input: Declared): void {
	const sight = auditSight(ctx, reference);
	const { place } = sight;
	if (place === null) throw new NotFound('There is no such audit.');
	commit(ctx, { name: 'declareOnAudit' }, (tx) => {
		putDeclared(tx, subjectOf(sight.audit.id), place, input);
		if (input.declared === 'recuse') takeAuditStep(tx, sight, 'unassigned', { person: place.personId, because: 'recused' });
	});
}

/** Takes an audit from those who have it. @throws NotFound, Conflict */
export function unassignAudit(ctx: Ctx, reference: string, { seen, words }: Said): void {
	const sight = sightFor(ctx, reference, seen, 'unassigned');
	if (!sight.isOfficer) throw new NotFound('There is no such audit.');
	const last = sight.reviewers.at(-1);
	if (!last) throw new Conflict('Nobody has it.');
	commit(ctx, { name: 'unassignAudit', reason: words }, (tx) => {
		endReviewer(tx, last.id, 'replaced');
		takeAuditStep(tx, sight, 'unassigned', { person: last.personId, because: 'replaced' });
	});
}

/** Asks the member once, item by item. @throws NotFound, Conflict */
export function askOnAudit(ctx: Ctx, reference: string, { seen, questions }: Seen & { questions: readonly string[] }): void {
	const sight = sightFor(ctx, reference, seen, 'information_requested');
	const { id, personId } = sight.audit;
	const dueOn = addDays(ctx.today, sight.rules.queryDays);
	commit(ctx, { name: 'askOnAudit' }, (tx) => {
		takeAuditStep(tx, sight, 'information_requested', { dueOn });
		putItems(tx, subjectOf(id), { kind: 'question', round: 1, items: questions.map((words) => ({ words, dueOn })) });
		postTo(tx, personId, (to) => auditQuestions(ctx.settings, { key: id, reference, dueOn }, to));
	});
}

/** The auditor is satisfied. @throws NotFound, Conflict */
export function satisfyAudit(ctx: Ctx, reference: string, { seen, words }: Said): void {
	const sight = sightFor(ctx, reference, seen, 'satisfied');
	commit(ctx, { name: 'satisfyAudit' }, (tx) => {
		const taken = takeAuditStep(tx, sight, 'satisfied');
		putWords(tx, subjectOf(sight.audit.id), taken.seen, words);
		postTo(tx, sight.audit.personId, (to) => auditSatisfied(ctx.settings, { key: sight.audit.id, reference }, to));
	});
}

/** Tasks with a day, of which the member shows that they were done. @throws NotFound, Conflict; Invalid beside `dueOn` */
export function planAudit(ctx: Ctx, reference: string, { seen, tasks, dueOn, words }: Said & { tasks: readonly string[]; dueOn: string }): void {
	const sight = sightFor(ctx, reference, seen, 'action_plan');
	const { id, personId } = sight.audit;
	const { planMostMonths } = sight.rules;
	if (dueOn <= ctx.today || dueOn > addMonths(ctx.today, planMostMonths)) throw new Invalid('dueOn', `Choose a day to come, within ${planMostMonths} months.`);
	commit(ctx, { name: 'planAudit' }, (tx) => {
		const put = putItems(tx, subjectOf(id), { kind: 'task', round: 1, items: tasks.map((one) => ({ words: one, dueOn })) });
		const taken = takeAuditStep(tx, sight, 'action_plan', { tasks: put });
		putWords(tx, subjectOf(id), taken.seen, words);
		postTo(tx, personId, (to) => auditPlan(ctx.settings, { key: id, reference, dueOn }, to));
	});
}

/** The auditor says whether a task was done; when all were, the audit is satisfied. @throws NotFound, Conflict, Invalid */
export function judgeAuditTask(ctx: Ctx, reference: string, { seen, item, judgement, words }: Said & { item: string; judgement: 'met' | 'missed' }): void {
	const sight = sightFor(ctx, reference, seen, 'task_met');
	if (!sight.state.openTasks.some(({ id }) => id === item)) throw new Invalid('item', 'Choose a task that is open.');
	commit(ctx, { name: 'judgeAuditTask' }, (tx) => {
		judgeItem(tx, item, judgement);
		const taken = takeAuditStep(tx, sight, judgement === 'met' ? 'task_met' : 'task_missed', { task: item });
		putWords(tx, subjectOf(sight.audit.id), taken.seen, words);
		if (taken.state.phase === 'satisfied') postTo(tx, sight.audit.personId, (to) => auditSatisfied(ctx.settings, { key: sight.audit.id, reference }, to));
	});
}

/** The first auditor finds it short: nothing follows until a second agrees. @throws NotFound, Conflict */
export function findShort(ctx: Ctx, reference: string, { seen, words }: Said): void {
	const sight = sightFor(ctx, reference, seen, 'found_short');
	commit(ctx, { name: 'findShort' }, (tx) => {
		const taken = takeAuditStep(tx, sight, 'found_short');
		putWords(tx, subjectOf(sight.audit.id), taken.seen, words);
	});
}

/** The second auditor agrees, or does not: then the first decides again. @throws NotFound for the first, Conflict */
export function secondAudit(ctx: Ctx, reference: string, { seen, words, agrees }: Said & { agrees: 'yes' | 'no' }): void {
	const sight = sightFor(ctx, reference, seen, 'not_satisfied');
	commit(ctx, { name: 'secondAudit' }, (tx) => {
		const taken = takeAuditStep(tx, sight, agrees === 'yes' ? 'not_satisfied' : 'found_otherwise');
		putWords(tx, subjectOf(sight.audit.id), taken.seen, words);
		if (agrees === 'yes') postTo(tx, sight.audit.personId, (to) => auditNotSatisfied(ctx.settings, { key: sight.audit.id, reference }, to));
	});
}

/**
 * An officer refers it to a meeting: what two auditors found short, or what nobody answered for six weeks and two more. Never by itself.
 * @throws NotFound; Conflict before that day
 */
export function referAudit(ctx: Ctx, reference: string, { seen, meeting, words }: Said & { meeting: string }): void {
	const sight = sightFor(ctx, reference, seen, 'referred');
	const from = referableOn(sight.state, sight.rules);
	if (sight.state.phase !== 'not_satisfied' && (from === null || ctx.today < from)) throw new Conflict('The time to answer has not passed by long enough.');
	const { id, personId } = sight.audit;
	const sayBy = sayByOn(sight.state, sight.rules) ?? addDays(ctx.today, sight.rules.sayDays);
	refuseBeforeSay(ctx, sight, { meeting, sayBy });
	commit(ctx, { name: 'referAudit', reason: words }, (tx) => {
		const taken = takeAuditStep(tx, sight, 'referred', { because: sight.state.phase === 'not_satisfied' ? 'not_satisfied' : 'no_answer' });
		putWords(tx, subjectOf(id), taken.seen, words);
		referToMeeting(tx, meeting, { kind: 'audit', subjectId: id, title: agendaTitle(reference) });
		postTo(tx, personId, (to) => auditReferred(ctx.settings, { key: id, reference, sayBy }, to));
	});
}

/** Puts what was referred before another meeting, when the first did not come to it. @throws NotFound, Conflict, Invalid beside `meeting` */
export function referAuditAgain(ctx: Ctx, reference: string, { seen, meeting }: Seen & { meeting: string }): void {
	const sight = sightFor(ctx, reference, seen, 'referred');
	const { id } = sight.audit;
	if (sight.state.phase !== 'referred') throw new Conflict('This does not wait for the committee.');
	refuseBeforeSay(ctx, sight, { meeting, sayBy: sayByOn(sight.state, sight.rules) ?? ctx.today });
	commit(ctx, { name: 'referAuditAgain' }, (tx) => {
		if (committeeSaid(tx.db, id) !== 'not_asked') throw new Conflict('It is on an agenda already.');
		referToMeeting(tx, meeting, { kind: 'audit', subjectId: id, title: agendaTitle(reference) });
	});
}

const agendaTitle = (reference: string) => `CPD audit ${reference}: not satisfied?`;

/** No meeting decides before the member has had their time to say something, or has said it. */
function refuseBeforeSay(ctx: Ctx, { audit }: AuditStanding, { meeting, sayBy }: { meeting: string; sayBy: string }): void {
	const heldOn = prepared(ctx.db.sql, 'SELECT held_on FROM meeting WHERE reference = ?').pluck().get(meeting) as string | undefined;
	if (heldOn === undefined || heldOn > sayBy || saidOn(ctx.db, audit.id).length > 0) return;
	throw new Invalid('meeting', `The member may say something until ${sayDay(sayBy)}: choose a meeting after that day.`);
}

/** What the committee resolved takes effect: agreed, it stays not satisfied; not agreed, it is set aside. @throws NotFound; Conflict while it waits */
export function resolveAudit(ctx: Ctx, reference: string, { seen, words }: Said): void {
	const sight = sightFor(ctx, reference, seen, 'resolved');
	const said = committeeSaid(ctx.db, sight.audit.id);
	if (said !== 'agreed' && said !== 'disagreed') throw new Conflict('The committee has not resolved this yet.');
	const sayBy = sayByOn(sight.state, sight.rules);
	if (said === 'agreed' && sayBy !== null && ctx.today <= sayBy && saidOn(ctx.db, sight.audit.id).length === 0)
		throw new Conflict(`The member may say something until ${sayDay(sayBy)}.`);
	commit(ctx, { name: 'resolveAudit', reason: words }, (tx) => {
		const taken = takeAuditStep(tx, sight, 'resolved', { result: said === 'agreed' ? 'stands' : 'set_aside' });
		putWords(tx, subjectOf(sight.audit.id), taken.seen, words);
	});
}

export type AskDecision = { decision: 'agreed' | 'refused'; answer: string };

/** An officer decides what a member asked for. An excuse needs two: the first agrees, the second excuses. @throws NotFound, Conflict, Invalid */
export function decideAsk(ctx: Ctx, reference: string, { decision, answer }: AskDecision): void {
	const sight = auditSight(ctx, reference);
	const { ask } = sight;
	if (!sight.isOfficer || ask === null) throw new NotFound('There is nothing to decide here.');
	const { personId: me } = personOf(ctx);
	if (decision === 'refused' && answer === '') throw new Invalid('answer', 'Say why: the member reads it.');
	const isFirst = ask.kind === 'excuse' && decision === 'agreed' && ask.firstBy === null;
	if (ask.kind === 'excuse' && decision === 'agreed' && ask.firstBy === me) throw new Conflict('You agreed already: a second officer has to.');
	const { id, personId } = sight.audit;
	commit(ctx, { name: 'decideAsk' }, (tx) => {
		const first = 'UPDATE cpd_audit_ask SET first_by = ?, first_at = ?, answer = ? WHERE id = ? AND first_by IS NULL AND decided_at IS NULL';
		const last = 'UPDATE cpd_audit_ask SET decision = ?, decided_at = ?, answer = ?, second_by = ? WHERE id = ? AND decided_at IS NULL';
		const values = isFirst ? [me, ctx.now, answer, ask.id] : [decision, ctx.now, answer, ask.kind === 'excuse' && ask.firstBy !== me ? me : null, ask.id];
		if (prepared(tx.db.sql, isFirst ? first : last).run(...values).changes === 0) throw new Conflict('Somebody has decided this already.');
		if (isFirst) return record(tx, 'audit.ask_first', { type: 'audit', id }, { ask: ask.id });
		if (decision === 'refused') {
			record(tx, 'audit.ask_refused', { type: 'audit', id }, { ask: ask.id });
			return postTo(tx, personId, (to) => auditAskAnswered(ctx.settings, { key: ask.id, reference, untilOn: null }, to));
		}
		if (ask.kind === 'excuse') {
			takeAuditStep(tx, sight, 'excused', { ask: ask.id });
			return postTo(tx, personId, (to) => auditExcused(ctx.settings, { key: id }, to));
		}
		takeAuditStep(tx, sight, 'extended', { ask: ask.id, until: ask.untilOn });
		postTo(tx, personId, (to) => auditAskAnswered(ctx.settings, { key: ask.id, reference, untilOn: ask.untilOn }, to));
	});
}
