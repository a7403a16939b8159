import type { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile, dropFile, filesOf } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { birthChangeForm, nameChangeForm } from './change-request-form.ts';
import { attachedTo } from './change-request-queries.ts';
import { canKeepFile } from './people-policy.ts';

type Evidence = { evidence: string; files: readonly string[] };

/**
 * Asks for a new name: the person themselves, or an officer who notes it for them. Nothing changes before another officer has approved it.
 * @throws Forbidden, Invalid, Conflict when one is open already
 */
export function askNewName(ctx: Ctx, personId: string, input: z.output<typeof nameChangeForm>): void {
	const { givenNames, familyName, formerIsShown } = input;
	const fromOn = input.fromOn ?? ctx.today;
	if (fromOn > ctx.today) throw new Invalid('fromOn', 'This day has not come yet. Ask again when the name is in use.');
	ask(ctx, personId, { kind: 'name', givenNames, familyName, fromOn, formerIsShown: formerIsShown ? 1 : 0, bornOn: null }, input);
}

/** Asks for another birth date. @throws as `askNewName` */
export function askBirthDate(ctx: Ctx, personId: string, input: z.output<typeof birthChangeForm>): void {
	const { bornOn } = input;
	if (bornOn === null || bornOn >= ctx.today) throw new Invalid('bornOn', 'This is not a date of birth: it has not passed yet.');
	ask(ctx, personId, { kind: 'birth_date', givenNames: null, familyName: null, fromOn: null, formerIsShown: null, bornOn }, input);
}

type Asked = {
	kind: 'name' | 'birth_date';
	givenNames: string | null;
	familyName: string | null;
	fromOn: string | null;
	formerIsShown: 0 | 1 | null;
	bornOn: string | null;
};

function ask(ctx: Ctx, personId: string, asked: Asked, { evidence, files }: Evidence): void {
	const asker = personOf(ctx).personId;
	allow(asker === personId || canKeepFile(ctx.actor, personId));
	if (evidence === '' && files.length === 0) throw new Invalid('evidence', 'Say what shows the change, or add a file that does.');
	commit(ctx, { name: 'ask for a change' }, (tx) => {
		refuseSecond(tx, personId, asked);
		const id = newId();
		const said = evidence || 'See the files.';
		prepared(tx.db.sql, INSERT).run({ ...asked, id, personId, evidence: said, askedBy: asker, askedAt: ctx.now });
		for (const file of files) attachFile(tx, file, { ...attachedTo(id), ownerPersonId: personId, field: 'files' });
		const { kind, fromOn, bornOn, givenNames, familyName } = asked;
		record(tx, 'person.change_asked', { type: 'person', id: personId }, { requestId: id, kind, fromOn }, { givenNames, familyName, bornOn, evidence: said });
	});
}

const INSERT = `INSERT INTO change_request (id, person_id, kind, given_names, family_name, from_on, former_is_shown, born_on, evidence, asked_by, asked_at, state)
	VALUES (:id, :personId, :kind, :givenNames, :familyName, :fromOn, :formerIsShown, :bornOn, :evidence, :askedBy, :askedAt, 'asked')`;

function refuseSecond(tx: Tx, personId: string, { kind }: Asked): void {
	const open = "SELECT 1 FROM change_request WHERE person_id = ? AND kind = ? AND state = 'asked'";
	if (prepared(tx.db.sql, open).get(personId, kind)) throw new Conflict('A request of this kind is open already. Wait for its answer, or take it back first.');
	if (!prepared(tx.db.sql, 'SELECT 1 FROM person_name WHERE person_id = ? AND to_on IS NULL').get(personId)) throw new NotFound('There is no such file.');
}

/** The person, or whoever asked, takes an open request back; the files that came with it are deleted. Twice is the same as once. @throws NotFound for anybody else's */
export function withdrawChange(ctx: Ctx, id: string): void {
	const { personId: actor } = personOf(ctx);
	const find = 'SELECT person_id AS personId, kind, state FROM change_request WHERE id = ? AND (person_id = ? OR asked_by = ?)';
	const request = prepared(ctx.db.sql, find).get(id, actor, actor) as { personId: string; kind: string; state: string } | undefined;
	if (!request) throw new NotFound('There is no such request.');
	if (request.state === 'withdrawn') return;
	commit(ctx, { name: 'take a request back' }, (tx) => {
		const close = `UPDATE change_request SET state = 'withdrawn', decided_by = ?, decided_at = ?, version = version + 1 WHERE id = ? AND state = 'asked'`;
		if (prepared(tx.db.sql, close).run(actor, ctx.now, id).changes === 0) throw new Conflict('This request has been decided in the meantime.');
		for (const file of filesOf(ctx, attachedTo(id))) dropFile(tx, file.id, 'owner');
		record(tx, 'person.change_withdrawn', { type: 'person', id: request.personId }, { requestId: id, kind: request.kind });
	});
}
