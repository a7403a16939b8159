import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { dropText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { personOfNumber } from './draft-about.ts';
import { type Answers, sayAnswer } from './draft-fields.ts';
import type { Part } from './draft-parts.ts';
import { type Draft, draftOf, placeOf } from './draft-store.ts';
import { type By, refuseStale, takeStep } from './step.ts';
import { putSupporter } from './tracker-supporter.ts';
import { type Reach, tellComplainant } from './way-reach.ts';

const MOST_WITNESSES = 20;

/**
 * Sends a concern: what was written becomes the statement, who stands beside it becomes a party, and it gets its reference.
 * Authorises: whoever holds it open. @param seen how many steps there were when it was checked. @throws Invalid, Conflict when it was sent already
 */
export function sendConcern(ctx: Ctx, concernId: string, seen: number): string {
	const reference = commit(ctx, { name: 'send a concern' }, (tx) => {
		const draft = draftOf(ctx, concernId);
		if (draft.standing.state.phase !== 'enquiry') throw new Conflict('This was sent already. Its reference stands on your page.');
		refuseStale(draft.standing, seen);
		return putSent(tx, draft, { side: 'complainant', personId: null });
	});
	tellComplainant(ctx, concernId, 'sent');
	return reference;
}

/** Makes a draft into a concern that was sent, by whoever confirmed it. Joins a transaction and never authorises. @returns its reference @throws Invalid */
export function putSent(tx: Tx, draft: Draft, by: By): string {
	const first = draft.missing[0];
	if (first) throw new Invalid('', `Fill in “${first.title}” first.`);
	settle(tx, draft.standing.concern.id, draft);
	return String(takeStep(tx, draft.standing, 'sent', by).concern.reference);
}

/** What was written, as questions and answers in words: for checking it, and as the statement. */
export function saidIn(part: Part, answers: Answers | undefined): { label: string; words: string }[] {
	const said = part.questions.map((q) => ({ label: q.label, words: sayAnswer(q, answers?.[q.name]) }));
	const named = part.key === 'about' && answers?.name ? [{ label: 'On the register', words: `${answers.name}, ${answers.number}` }] : [];
	return [...named, ...said].filter(({ words }) => words !== '');
}

function settle(tx: Tx, concernId: string, { parts, answers }: Draft): void {
	const chapters = parts.filter(({ key }) => !['contact', 'supporter', 'witnesses', 'needs'].includes(key));
	const statement = chapters.flatMap((part) => {
		const said = saidIn(part, answers[part.key]).map(({ label, words }) => `${label}\n${words}`);
		return said.length === 0 ? [] : [`${part.title}\n\n${said.join('\n\n')}`];
	});
	sealText(tx, concernId, 'statement', statement.join('\n\n\n'));
	sealText(tx, concernId, 'contact', JSON.stringify({ ...answers.contact, name: answers.you?.name, needs: answers.needs?.needs } as Reach));
	if (answers.supporter?.name) putSupporter(tx, concernId, answers.supporter);
	const people = String(answers.witnesses?.people ?? '').split('\n');
	for (const words of people.filter((one) => one.trim() !== '').slice(0, MOST_WITNESSES)) putWitness(tx, concernId, words);
	const called = answers.about?.called || answers.about?.described || answers.office?.called;
	// At a place of its own, so that the question before a case opens can name them while everything that was said stays shut.
	if (called && !answers.about?.number) sealText(tx, concernId, 'party:about', JSON.stringify({ name: called }));
	const respondentId = answers.about?.number ? personOfNumber(tx.ctx, String(answers.about.number)) : null;
	prepared(tx.db.sql, 'UPDATE concern SET source = coalesce(?, source), respondent_id = ? WHERE id = ?').run(answers.you?.source, respondentId, concernId);
	if (answers.office) prepared(tx.db.sql, 'INSERT INTO concern_organisation (concern_id, part) VALUES (?, ?)').run(concernId, answers.office.part);
	keepLooks(tx, concernId);
	for (const { key } of parts) dropText(tx, concernId, placeOf(key));
}

function putWitness(tx: Tx, concernId: string, words: string): void {
	const id = newId();
	const text = "INSERT INTO concern_party (id, concern_id, kind, agreed_at, added_at) VALUES (?, ?, 'witness', ?, ?)";
	prepared(tx.db.sql, text).run(id, concernId, tx.ctx.now, tx.ctx.now);
	sealText(tx, concernId, `party:${id}`, JSON.stringify({ name: words }));
}

/** Who of the office read it before it was sent stands in the record of who read the case. */
function keepLooks(tx: Tx, concernId: string): void {
	const text = `INSERT INTO concern_read (id, concern_id, person_id, capacity, what, at)
		SELECT id, concern_id, person_id, what, 'draft', at FROM concern_typed_look WHERE concern_id = ?`;
	prepared(tx.db.sql, text).run(concernId);
	prepared(tx.db.sql, 'DELETE FROM concern_typed_look WHERE concern_id = ?').run(concernId);
}
