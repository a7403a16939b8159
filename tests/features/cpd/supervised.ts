import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { hashToken } from '#core/ids.ts';
import { registerNumber } from '#core/register-number.ts';
import { answerSupervision, askForSupervision, supervisionForms } from '#features/cpd/index.ts';
import type { SessionInput } from '#features/cpd/supervision-form.ts';
import { registerPerson } from '#features/register/index.ts';
import { aMember, asPerson } from './members.ts';

let sequence = 700;

/** A member with a register number and an address. */
export function aRegistrant(ctx: Ctx, givenNames: string): { id: string; ctx: Ctx; number: string } {
	const id = aMember(ctx, givenNames);
	commit(ctx, { name: 'test' }, (tx) => {
		sequence += 1;
		registerPerson(tx, id, { number: registerNumber(sequence), registeredOn: '2020-02-01' });
		tx.db.sql.prepare('UPDATE person SET email = ? WHERE id = ?').run(`${givenNames.toLowerCase()}@member.example`, id);
	});
	const number = ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(id) as string;
	return { id, ctx: asPerson(ctx, id), number };
}

/** A supervision that both agreed to. @returns its key */
export function agreed(supervisee: { ctx: Ctx }, supervisor: { ctx: Ctx; number: string }, fromOn = '2026-01-05'): string {
	const id = askForSupervision(supervisee.ctx, { mySide: 'supervisee', other: { number: supervisor.number }, fromOn });
	answerSupervision(supervisor.ctx, id, 1, true);
	return id;
}

let keys = 0;

/** A session as a form says it; every one is another form. */
export function session(relation: string | null, changes: Record<string, string> = {}): SessionInput {
	keys += 1;
	const typed = {
		heldOn: '2026-11-20',
		minutes: '1h',
		relation: relation ?? '',
		kind: 'individual',
		mode: 'in_person',
		material: 'none',
		repeatKey: `key ${keys}`,
	};
	return supervisionForms.sessionForm.parse({ ...typed, ...changes });
}

/** The token of the newest message to an address, and that it is stored as a hash only. */
export function tokenIn(ctx: Ctx, kind: string): string {
	const body = ctx.db.sql.prepare('SELECT body FROM outbox WHERE kind = ? ORDER BY created_at DESC, id DESC').pluck().get(kind) as string;
	const token = /\/supervision\/confirm\/([\w-]{43})/.exec(body)?.[1] ?? '';
	if (!ctx.db.sql.prepare('SELECT 1 FROM supervision_link WHERE token_hash = ?').get(hashToken(token))) throw new Error('The token leads nowhere.');
	return token;
}

/** A browser's cookies, as far as links need them. */
export function jar() {
	const kept = new Map<string, string>();
	return {
		get: (name: string) => (kept.has(name) ? { value: kept.get(name) as string } : undefined),
		set: (name: string, value: string) => void kept.set(name, value),
		delete: (name: string) => void kept.delete(name),
	};
}
