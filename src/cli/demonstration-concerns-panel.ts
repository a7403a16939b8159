import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { casework, panels } from '#features/complaints/index.ts';
import type { Case } from './demonstration-concerns-acts.ts';

const DAY_MS = 86_400_000;
type Sitting = { personId: string; role: Role; seat: 'chair' | 'member' };

/** A screening panel with a lay chair that finds no case to answer: composed by the officer, asked and recorded by its chair. */
export function findsNoCase(one: Case, daysAgo: number): void {
	const { ctx, staff, raised } = one;
	const officer = asSomebody(ctx, { personId: staff.officer, role: 'complaints_officer' }, daysAgo + 12);
	const compose = panels.composeAct(officer, raised.reference);
	const sitsOn = addDays(ctx.today, -daysAgo).split('-').reverse().join('/');
	compose.run(compose.schema.parse({ seen: compose.seen, kind: 'screening', sitsOn }) as never);
	const table = sittersIn(ctx);
	for (const { personId, seat } of table) act(officer, raised.reference, 'seat', () => ({ person: personId, role: seat }));
	for (const who of table) {
		const member = asSomebody(ctx, who, daysAgo + 9);
		const gate = casework.caseAct(member, raised.reference, 'declare');
		gate.run(gate.schema.parse({ declared: 'none', words: '' }) as never);
	}
	const [chair] = table.map((who) => asSomebody(ctx, who, daysAgo)) as [Ctx];
	for (const question of ['ask-prospect', 'ask-way']) {
		act(chair, raised.reference, question, ({ present = [] }) => ({ present }));
		for (const who of table) act(asSomebody(ctx, who, daysAgo), raised.reference, 'vote', noes);
	}
	const told = 'Three people who had nothing to do with it have looked at everything. They found that there is no case to answer, and wrote down why.';
	const reasons = ({ ...fields }: Options) =>
		Object.fromEntries(Object.keys(fields).flatMap((name) => (name.startsWith('reason:') ? [[name, 'What is on record does not bear it out.']] : [])));
	act(chair, raised.reference, 'record', (options) => ({ ...reasons(options), words: 'There is no real prospect of a finding.', told, toldRespondent: told }));
}

type Options = Record<string, string[]>;

/** What somebody does in the room of the first panel of a case, by the form that its page shows. `fill`: from the choices that it offers. */
function act(ctx: Ctx, reference: string, name: string, fill: (options: Options) => Record<string, unknown>): void {
	const form = panels.panelAct(ctx, { reference, no: 1 }, name);
	const options = Object.fromEntries(form.fields.map((field) => [field.name, (field.options ?? []).map(({ value }) => value)]));
	form.run(form.schema.parse({ seen: form.seen, repeat: newId(), words: '', told: '', toldRespondent: '', ...fill(options) }) as never);
}

const noes = (options: Options) =>
	Object.fromEntries(
		Object.entries(options).flatMap(([name, values]) => (name.startsWith('choice:') ? [[name, values.includes('no_case') ? 'no_case' : 'none']] : [])),
	);

/** A lay chair who had no part in triage, and two of the committee. */
function sittersIn({ db }: Ctx): Sitting[] {
	const holders = (role: Role) => prepared(db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().all(role) as string[];
	const members = holders('committee').slice(-2);
	const chair: Sitting = { personId: holders('lay_panel_member')[1] ?? '', role: 'lay_panel_member', seat: 'chair' };
	return [chair, ...members.map((personId): Sitting => ({ personId, role: 'committee', seat: 'member' }))];
}

function asSomebody(ctx: Ctx, { personId, role }: Pick<Sitting, 'personId' | 'role'>, daysAgo: number): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: [role], level: 2, provedAt: now }, now);
}
