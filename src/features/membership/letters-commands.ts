import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from './contact.ts';
import { letterMail } from './letters-mails.ts';
import { letterFactsOf } from './letters-queries.ts';
import { fillLetter, type LetterTemplate, letterTemplatesOn, takesWords } from './letters-templates.ts';
import { canKeepFile } from './people-policy.ts';
import { isMember } from './status.ts';

export type NewLetter = { personId: string; template: string; words: string; way: 'mail' | 'print'; repeat: string };

/**
 * Writes a letter, keeps it as it was written, and sends it by e-mail or leaves it to be printed. The same form sent twice writes it once.
 * @returns the key of the letter. @throws Forbidden, Invalid
 */
export function writeLetter(ctx: Ctx, asked: NewLetter): string {
	allow(canKeepFile(ctx.actor, asked.personId));
	const by = personOf(ctx).personId;
	const repeatKey = `${by}:${asked.repeat}`;
	const known = prepared(ctx.db.sql, 'SELECT id FROM letter WHERE repeat_key = ?').pluck().get(repeatKey) as string | undefined;
	if (known) return known;
	const template = fittingTemplate(ctx, asked);
	return commit(ctx, { name: 'write a letter' }, (tx) => {
		const { personId, words, way } = asked;
		const address = way === 'mail' ? mailAddressOf(tx.db, personId) : null;
		if (way === 'mail' && address === null) throw new Invalid('way', 'There is no e-mail address on file, or nothing may be sent to it. Print the letter.');
		const id = newId();
		const { subject, body } = fillLetter(template, letterFactsOf(ctx, personId), { words, settings: ctx.settings });
		const insert = 'INSERT INTO letter (id, person_id, template, way, subject, body, written_at, written_by, repeat_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, insert).run(id, personId, `${template.key} ${template.version}`, way, subject, body, ctx.now, by, repeatKey);
		if (address !== null) queueMail(tx, letterMail(ctx.settings, { id, template: template.key, subject, body }, { address, now: ctx.now }));
		record(tx, 'letter.written', { type: 'person', id: personId }, { letterId: id, template: template.key, version: template.version, way });
		return id;
	});
}

function fittingTemplate(ctx: Ctx, { personId, template: key, words }: NewLetter): LetterTemplate {
	const template = letterTemplatesOn(ctx.db, ctx.today).find((t) => t.key === key);
	if (!template) throw new Invalid('template', 'Choose a letter.');
	const { state, diedOn } = letterFactsOf(ctx, personId);
	if ((template.for === 'family') !== (diedOn !== null))
		throw new Invalid('template', diedOn === null ? 'This letter is for the family of someone who has died.' : 'They have died: write to the family.');
	if (template.for === 'member' && (!isMember(state) || state === 'suspended')) throw new Invalid('template', 'They are not a member in good standing today.');
	if (takesWords(template) && template.for !== 'family' && words === '') throw new Invalid('words', 'Write what the letter is to say.');
	if (!takesWords(template) && words !== '') throw new Invalid('words', 'This letter takes no words of your own. Leave this empty, or choose another letter.');
	return template;
}
