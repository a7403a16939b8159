import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { draftView } from './apply-draft.ts';
import { feeStanding, issueFee } from './apply-fee.ts';
import { applicationSent } from './apply-mails.ts';
import { postTo } from './apply-post.ts';
import { ownStanding, savedIn } from './apply-queries.ts';
import { evidenceIn } from './evidence-queries.ts';
import { digestOf, snapshotOf } from './evidence-sources.ts';
import { sendRequest } from './request-ask.ts';
import { requestsIn } from './request-queries.ts';
import { countsFor, type RuleCount } from './rule-count.ts';
import { PHASE_SAID } from './state.ts';
import { refuseStale, type Standing, standingOf, takeStep } from './step.ts';

/** `seen`: how many steps the page showed. */
export type Sending = { seen: number };

/** What is kept of an application as it was sent; `answers` to the questions of eligibility. Evidence stands as it was that day. */
export type SentContent = {
	reference: string;
	route: { key: string; title: string };
	standards: string;
	eligibility: { question: string; answer: string }[];
	sections: { key: string; title: string; question: string | null; answer: string; counts: RuleCount[]; evidence: SentEvidence[] }[];
	asked: { kind: string; place: number; name: string; about: string }[];
};
export type SentEvidence = { id: string; source: string; sourceId: string; title: string; snapshot: object | null };

/**
 * Sends one's own application: what was written, chosen and declared is frozen with its digest, those who were named are asked, the fee is
 * invoiced. It counts as sent at once. Sent twice it is sent once.
 * @returns the reference. @throws NotFound; Conflict when it has moved on; Invalid when a section is not done or nobody was named
 */
export function submitApplication(ctx: Ctx, key: string, { seen }: Sending): string {
	const standing = ownStanding(ctx, key);
	const { application, state } = standing;
	const last = standing.steps.at(-1);
	// The second of two presses: nothing has happened since but the first.
	if (state.phase === 'checks' && application.reference !== null && last !== undefined && seen <= last.no && state.submissions > 0)
		return application.reference;
	if (state.phase !== 'draft') throw new Conflict(PHASE_SAID[state.phase]);
	refuseStale(standing, seen);
	refuseIncomplete(ctx, standing);
	return commit(ctx, { name: 'submitApplication' }, (tx) => send(tx, standing));
}

function refuseIncomplete(ctx: Ctx, standing: Standing): void {
	const { sections, asked } = draftView(ctx, standing);
	const missing = sections.find(({ section, state }) => state === 'begun' || (section.isRequired && state === 'todo'));
	if (missing) throw new Invalid('', `Something is missing in “${missing.section.title}”.`);
	const nobody = asked.find(({ isNamed }) => !isNamed);
	if (nobody)
		throw new Invalid('', nobody.kind === 'reference' ? 'Name everybody who is to give you a reference.' : 'Name the supervisor who is to write your report.');
}

function send(tx: Tx, before: Standing): string {
	const { ctx, db } = tx;
	const { id, personId } = before.application;
	for (const row of requestsIn(db, id)) if (row.sentAt === null && row.endedAt === null) sendRequest(tx, row.id);
	const reference = before.application.reference ?? giveReference(tx, id);
	freeze(tx, before, reference);
	const after = takeStep(tx, standingOf(db, id), 'submitted', { submission: before.state.submissions + 1 });
	issueFee(tx, id, personId, before.route);
	const { state, number, pence } = feeStanding(ctx, id);
	const fee = state === 'owed' && number !== null ? { number, pence } : null;
	const about = { id, submission: after.state.submissions, reference, title: before.route.title, dueOn: after.application.dueOn, fee };
	postTo(tx, personId, (to) => applicationSent(ctx.settings, about, to));
	return reference;
}

/** Counted inside the write, which nobody shares: no reference is left out and none given twice. */
function giveReference(tx: Tx, id: string): string {
	const year = tx.ctx.today.slice(0, 4);
	const text = 'SELECT max(CAST(substr(reference, 10) AS INTEGER)) FROM accreditation_application WHERE reference GLOB ?';
	const last = prepared(tx.db.sql, text).pluck().get(`ACC-${year}-*`) as number | null;
	const reference = `ACC-${year}-${String((last ?? 0) + 1).padStart(4, '0')}`;
	prepared(tx.db.sql, 'UPDATE accreditation_application SET reference = ? WHERE id = ?').run(reference, id);
	return reference;
}

/** What is sent, word for word; the digest proves it and the declaration together. */
function freeze(tx: Tx, standing: Standing, reference: string): void {
	const { application, standards, state } = standing;
	const who = { personId: application.personId, applicationId: application.id, today: tx.ctx.today };
	const snap = prepared(tx.db.sql, 'UPDATE accreditation_evidence SET snapshot = ? WHERE id = ?');
	for (const one of evidenceIn(tx.db, application.id)) snap.run(snapshotOf(tx.db, who, one), one.id);
	const content = JSON.stringify(contentOf(tx, standing, reference));
	const { declaration } = standards;
	const text = 'INSERT INTO accreditation_submission (application_id, no, content, declaration, digest, submitted_at) VALUES (?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(application.id, state.submissions + 1, content, declaration, digestOf(`${content}\n${declaration}`), tx.ctx.now);
}

function contentOf({ db, ctx }: Tx, { application, route }: Standing, reference: string): SentContent {
	const saved = savedIn(db, application.id);
	const evidence = evidenceIn(db, application.id);
	const eligibility = saved.get('eligibility')?.answers ?? {};
	return {
		reference,
		route: { key: route.key, title: route.title },
		standards: application.standardsVersion,
		eligibility: route.eligibility.map(({ key, question }) => ({ question, answer: eligibility[key] ?? '' })),
		sections: route.sections.map((section) => ({
			key: section.key,
			title: section.title,
			question: section.question,
			answer: saved.get(section.key)?.answers.text ?? '',
			counts: countsFor(db, application.personId, section, ctx.today),
			evidence: evidence.filter((one) => one.section === section.key).map(sentEvidence),
		})),
		asked: requestsIn(db, application.id)
			.filter(({ ending }) => ending !== 'cancelled')
			.map(({ kind, place, toName: name, about }) => ({ kind, place, name, about })),
	};
}

function sentEvidence({ id, source, sourceId, title, snapshot }: ReturnType<typeof evidenceIn>[number]): SentEvidence {
	return { id, source, sourceId, title, snapshot: snapshot === null ? null : (JSON.parse(snapshot) as object) };
}
