import { createHash } from 'node:crypto';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { isMember, membershipStatusOf } from '#features/membership/index.ts';
import { feeStanding } from './apply-fee.ts';
import { postTo } from './apply-post.ts';
import { renewalFacts } from './renewal-facts.ts';
import { issueRenewalFee } from './renewal-fee.ts';
import type { AnnualInput, RenewalAnswers, SubmitRenewalInput, SupportInput } from './renewal-forms.ts';
import { reasonsIn } from './renewal-judge.ts';
import { renewalReceived, supportAsked } from './renewal-mails.ts';
import { outsideSupervisor, supportersFor, supportFor } from './renewal-own.ts';
import { askOutsider, type Outsider } from './renewal-request-ask.ts';
import { OTHER_PERSON } from './renewal-request-forms.ts';
import { renewalRules } from './renewal-rules.ts';
import { ownRenewalById } from './renewal-sight.ts';
import { MOVED_ON, refuseOlderSight, renewalOf, takeRenewalStep } from './renewal-step.ts';
import { lastTermsOf } from './renewal-terms.ts';
import { itemsFor, putAnswer } from './upkeep-items.ts';

/**
 * Sends one's re-accreditation: what the record says is counted and kept with it, word for word. Nothing missing: it goes into the draw and is
 * confirmed at one look; else an assessor looks. After an end it is the short way back, and always looked at.
 * @throws NotFound when none is open; Conflict when it was sent already or the way back is closed; Invalid
 */
export function submitRenewal(ctx: Ctx, { seen, practises, practice, declare }: SubmitRenewalInput): void {
	const { personId } = personOf(ctx);
	const before = renewalOf(ctx, personId);
	if (before === null) throw new NotFound('There is no re-accreditation to send.');
	refuseOlderSight(before, seen);
	if (!isMember(membershipStatusOf(ctx, personId).state)) throw new Conflict('Re-accreditation is for members: take your membership up again first.');
	commit(ctx, { name: 'submitRenewal' }, (tx) => {
		const facts = { ...renewalFacts(ctx, before), practises: practises === 'yes' };
		const reasons = reasonsIn(facts);
		const isReinstating = before.phase === 'reactivatable';
		const after = takeRenewalStep(tx, before, 'submitted', { reasons, isReinstating });
		const awards = lastTermsOf(tx.db, personId).map(({ level, kind, toOn }) => ({ level, kind, toOn }));
		const content = JSON.stringify({ awards, dueOn: before.state.dueOn, facts, practice });
		const declaration = renewalRules(tx.db, ctx.today).declaration;
		if (declare !== declaration) throw new Conflict('The declaration has changed since you opened the page. Read it again.');
		const digest = createHash('sha256').update(`${content}\n${declaration}`).digest('hex');
		const text = 'INSERT INTO renewal_submission (renewal_id, no, content, declaration, digest, submitted_at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(before.renewal.id, after.state.submissions, content, declaration, digest, ctx.now);
		issueRenewalFee(tx, before.renewal);
		const isLooked = after.state.base === 'in_assessment';
		const fee = feeStanding(ctx, before.renewal.id);
		postTo(tx, personId, (to) =>
			renewalReceived(ctx.settings, { key: `${before.renewal.id}:${after.seen}`, isLooked, fee: fee.state === 'owed' ? fee : null }, to),
		);
	});
}

/** Answers what the assessor asked, all of it, or shows how a task was done. @throws NotFound, Conflict, Invalid beside the field of an item */
export function answerRenewal(ctx: Ctx, { id, seen, answers }: RenewalAnswers): void {
	const before = ownRenewalById(ctx, id);
	refuseOlderSight(before, seen);
	const isRound = before.phase === 'information';
	if (!isRound && before.phase !== 'conditional') throw new Conflict(MOVED_ON);
	const subject = { kind: 'renewal', id } as const;
	const open = itemsFor(ctx.db, subject).filter((item) =>
		isRound ? item.kind === 'question' && item.round === before.state.rounds : item.kind === 'task' && item.judgement === null,
	);
	commit(ctx, { name: 'answerRenewal' }, (tx) => {
		for (const item of open) {
			const given = answers[item.id];
			if (isRound || (given && given.answer !== '')) putAnswer(tx, subject, item, given ?? { answer: '', files: [], version: item.version });
		}
		if (isRound) takeRenewalStep(tx, before, 'information_answered', { round: before.state.rounds });
		else if (tx.recorded === 0) throw new Invalid(`answer-${open[0]?.id ?? ''}`, 'Write to at least one task how it was done.');
	});
}

/** What everyone accredited declares once a year. Declared twice it changes nothing. @throws Conflict for nobody accredited; Invalid */
export function declareAnnual(ctx: Ctx, { practises, hasChanges, changes }: AnnualInput): void {
	const { personId } = personOf(ctx);
	const year = Number(ctx.today.slice(0, 4));
	if (hasChanges === 'yes' && changes === '') throw new Invalid('changes', 'Say in a few words what has changed. Nobody but the office reads it.');
	if (lastTermsOf(ctx.db, personId).length === 0) throw new Conflict('This is for people who hold an award.');
	if (prepared(ctx.db.sql, 'SELECT 1 FROM annual_declaration WHERE person_id = ? AND year = ?').get(personId, year)) return;
	commit(ctx, { name: 'declareAnnual' }, (tx) => {
		const text = 'INSERT INTO annual_declaration (id, person_id, year, wording, practises, has_changes, changes, declared_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
		const wording = renewalRules(tx.db, ctx.today).annual;
		const said = [Number(practises === 'yes'), Number(hasChanges === 'yes'), hasChanges === 'yes' ? changes : ''];
		prepared(tx.db.sql, text).run(newId(), personId, year, wording, ...said, ctx.now);
		record(tx, 'renewal.annual_declared', { type: 'person', id: personId }, { year, practises, hasChanges });
	});
}

/** Asks a supervisor of one's own for their word, or anybody else by a link. Asked twice they are written to once. @throws NotFound, Conflict, Invalid */
export function askSupport(ctx: Ctx, { person, name = '', email = '' }: { person: string } & Partial<Outsider>): void {
	const outsider = person === OTHER_PERSON ? { name, email } : outsideSupervisor(ctx, person);
	if (outsider !== null) return askOutsider(ctx, outsider);
	const { personId } = personOf(ctx);
	const standing = renewalOf(ctx, personId);
	if (standing === null || !['window_open', 'late', 'reactivatable', 'in_assessment', 'information'].includes(standing.phase))
		throw new Conflict('There is nothing to ask for just now.');
	if (!supportersFor(ctx, personId).some((one) => one.value === person)) throw new Invalid('person', 'Choose one of your supervisors.');
	const { id } = standing.renewal;
	if (prepared(ctx.db.sql, 'SELECT 1 FROM renewal_support WHERE renewal_id = ? AND person_id = ?').get(id, person)) return;
	commit(ctx, { name: 'askSupport' }, (tx) => {
		const supportId = newId();
		prepared(tx.db.sql, 'INSERT INTO renewal_support (id, renewal_id, person_id, asked_at) VALUES (?, ?, ?, ?)').run(supportId, id, person, ctx.now);
		record(tx, 'renewal.support_asked', { type: 'renewal', id }, { support: supportId });
		postTo(tx, person, (to) => supportAsked(ctx.settings, { key: supportId, id: supportId }, to));
	});
}

/** The word of a supervisor. What was said stands. @throws NotFound unless they were asked; Conflict when they said something else before; Invalid */
export function giveSupport(ctx: Ctx, id: string, { answer, words }: SupportInput): void {
	const support = supportFor(ctx, id);
	if (answer === 'has_concerns' && words === '') throw new Invalid('words', 'Say what it is, so that an assessor can ask about it.');
	if (support.answer === answer) return;
	if (support.answer !== null) throw new Conflict('You have answered already. Write to the office if something has changed.');
	commit(ctx, { name: 'giveSupport' }, (tx) => {
		const text = 'UPDATE renewal_support SET answered_at = ?, answer = ?, words = ? WHERE id = ? AND answered_at IS NULL';
		if (prepared(tx.db.sql, text).run(ctx.now, answer, words, id).changes === 0) throw new Conflict(MOVED_ON);
		record(tx, 'renewal.support_given', { type: 'renewal', id: support.renewalId }, { support: id, answer });
	});
}
