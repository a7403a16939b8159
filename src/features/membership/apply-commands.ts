import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { daysBetween } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { applicationClock } from './application-clock.ts';
import { type FullAnswers, readAnswers, STEP_TITLES, type Step, type Typed } from './application-forms.ts';
import { applicationReceived } from './application-mails.ts';
import { answersOf, openApplication, type Sent } from './application-queries.ts';
import { type Application, advance, mayMove, WHAT_HAPPENED } from './application-states.ts';
import { recordCoreProfession } from './commands.ts';
import { recordConsent } from './consent-commands.ts';
import { mailAddressOf } from './contact.ts';
import { membershipStatusOf } from './facts-queries.ts';
import { changePerson, correctName } from './person-commands.ts';
import { cancelPurchase } from './purchases.ts';
import { matchRemoved } from './removed-match.ts';
import { declarationsOn, membershipRules } from './rules.ts';
import { isMember } from './status.ts';

/** Begins an application, or goes on with the one that is under way. @throws Conflict for someone who is a member. */
export function beginApplication(ctx: Ctx): Application {
	const { personId } = personOf(ctx);
	return commit(ctx, { name: 'begin application' }, (tx) => {
		const known = openApplication(tx.db, personId);
		if (!known) {
			if (isMember(membershipStatusOf(ctx, personId).state)) throw new Conflict('You are a member already.');
			const text = "INSERT INTO membership_application (id, person_id, state, answers, begun_on, touched_on) VALUES (?, ?, 'draft', '{}', ?, ?)";
			prepared(tx.db.sql, text).run(newId(), personId, ctx.today, ctx.today);
		}
		record(tx, 'membership.application_begun', { type: 'person', id: personId }, { again: known !== null });
		return openApplication(tx.db, personId) as Application;
	});
}

/** Keeps what was typed into one step, complete or not. @param version what the page was made from @throws Conflict when another window was faster */
export function saveStep(ctx: Ctx, step: Step, typed: Typed, version: number): void {
	const draft = ownDraft(ctx);
	commit(ctx, { name: 'save application step' }, (tx) => {
		const answers = JSON.stringify({ ...answersOf(draft), [step]: typed });
		const text = "UPDATE membership_application SET answers = ?, touched_on = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'draft'";
		if (prepared(tx.db.sql, text).run(answers, ctx.today, draft.id, version).changes === 0)
			throw new Conflict('You changed this application in another window. What you typed is still here: look at both, then send this one again.');
		record(tx, 'membership.application_saved', { type: 'person', id: draft.personId }, { application: draft.id, step });
	});
}

/**
 * Sends the application: what was answered and the words agreed to are frozen, the promise of an answer begins to run.
 * Sent twice it is sent once. @returns the reference. @throws Invalid when a step is not complete, Conflict
 */
export function submitApplication(ctx: Ctx, version: number): string {
	const { personId } = personOf(ctx);
	const draft = openApplication(ctx.db, personId);
	if (!draft) throw new NotFound('There is no application to send.');
	if (draft.state === 'submitted' && draft.reference !== null) return draft.reference;
	allow(mayMove(ctx.actor, draft, 'submit'), WHAT_HAPPENED[draft.state]);
	if (draft.version !== version) throw new Conflict('You changed this application in another window. Check your answers again before you send it.');
	const { version: declarationsVersion, declarations } = declarationsOn(ctx.db, ctx.today);
	const read = readAnswers({ today: ctx.today, answers: answersOf(draft), declarations });
	if ('missing' in read) throw new Invalid('', `Something is missing in “${STEP_TITLES[read.missing]}”.`);
	return commit(ctx, { name: 'submit application' }, (tx) => send(tx, draft, { ...read.complete, declarationsVersion, sentOn: ctx.today }));
}

function send(tx: Tx, draft: Application, sent: Sent): string {
	const { ctx } = tx;
	const reference = nextReference(tx);
	const removedMatch = matchRemoved(tx.db, ctx.keys, sent.about);
	const promisedDays = membershipRules(tx.db, ctx.today).admitDays;
	const facts = { submittedOn: ctx.today, submittedAt: ctx.now, promisedDays, removedMatch };
	advance(tx, draft, 'submit', { ...facts, reference, frozen: JSON.stringify(sent) }, { reference, category: sent.category, removedMatch });
	writePerson(tx, draft.personId, sent);
	for (const { key, agreed } of sent.declarations) if (agreed) recordConsent(tx, draft.personId, { purpose: key, version: sent.declarationsVersion });
	const address = mailAddressOf(tx.db, draft.personId);
	const dueOn = applicationClock({ ...draft, ...facts }, ctx.today)?.dueOn ?? ctx.today;
	if (address) queueMail(tx, applicationReceived(ctx.settings, { id: draft.id, reference, dueOn }, address));
	return reference;
}

/** Counted inside the write, which nobody shares: no reference is given twice. */
function nextReference(tx: Tx): string {
	const year = tx.ctx.today.slice(0, 4);
	const last = prepared(tx.db.sql, 'SELECT max(CAST(substr(reference, 10) AS INTEGER)) FROM membership_application WHERE reference GLOB ?')
		.pluck()
		.get(`MEM-${year}-*`) as number | null;
	return `MEM-${year}-${String((last ?? 0) + 1).padStart(4, '0')}`;
}

/** Someone who was a member before keeps the name on file: a change of name is a request of its own, with evidence. */
function writePerson(tx: Tx, personId: string, { about, profession }: FullAnswers): void {
	const { title, givenNames, familyName, phone, bornOn } = about;
	const wasMember = prepared(tx.db.sql, 'SELECT 1 FROM membership_period WHERE person_id = ?').get(personId) !== undefined;
	changePerson(tx, personId, { title: title || null, phone: phone || null });
	if (!wasMember) correctName(tx, personId, { givenNames, familyName });
	prepared(tx.db.sql, 'UPDATE person SET born_on = coalesce(born_on, ?) WHERE id = ?').run(bornOn, personId);
	if (profession.body === null) return;
	const core = { body: profession.body, reference: profession.reference, standing: 'could_not_check' as const, checkedOn: null, fromOn: tx.ctx.today };
	recordCoreProfession(tx, personId, core);
}

/** Answers what the office asked; the clock runs on. @throws NotFound, Forbidden, Conflict, Invalid */
export function answerQuestion(ctx: Ctx, reply: string, version: number): void {
	const application = own(ctx);
	allow(mayMove(ctx.actor, application, 'answer'), WHAT_HAPPENED[application.state]);
	commit(ctx, { name: 'answer question' }, (tx) => {
		const paused = application.pausedOn === null ? 0 : daysBetween(application.pausedOn, ctx.today);
		advance(tx, { ...application, version }, 'answer', { reply, pausedOn: null, pausedDays: application.pausedDays + paused });
	});
}

/** Takes an application back, at any time before it is decided. @throws NotFound, Conflict */
export function withdrawApplication(ctx: Ctx, version: number): void {
	const application = own(ctx);
	allow(mayMove(ctx.actor, application, 'withdraw'), WHAT_HAPPENED[application.state]);
	commit(ctx, { name: 'withdraw application' }, (tx) => {
		advance(tx, { ...application, version }, 'withdraw', application.frozen === null ? { answers: '{}' } : {});
		cancelPurchase(tx, application.personId, 'the application was withdrawn');
	});
}

function own(ctx: Ctx): Application {
	const application = openApplication(ctx.db, personOf(ctx).personId);
	if (!application) throw new NotFound('There is no application under way.');
	return application;
}

function ownDraft(ctx: Ctx): Application {
	const application = own(ctx);
	allow(application.state === 'draft', WHAT_HAPPENED[application.state]);
	return application;
}
