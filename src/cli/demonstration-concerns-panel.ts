import { type Ctx, ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { casework, panels } from '#features/complaints/index.ts';
import { as, type Case, typed } from './demonstration-concerns-acts.ts';

const DAY_MS = 86_400_000;
type Sitting = { personId: string; role: Role; seat: 'chair' | 'member' };
/** A panel that sat so many days ago and was composed `notice` days before: the which of its case, and who sits. */
export type Panel = { no: number; kind: panels.PanelKind; daysAgo: number; notice: number; people: Sitting[] };

const NOT_BORNE_OUT = 'What is on record does not bear it out.';

/** A screening panel with a lay chair that finds no case to answer: composed by the officer, asked and recorded by its chair. */
export function findsNoCase(one: Case, daysAgo: number): void {
	const panel = screening(one, daysAgo);
	const told = 'Three people who had nothing to do with it have looked at everything. They found that there is no case to answer, and wrote down why.';
	asks(one, panel, 'ask-prospect', 'none');
	asks(one, panel, 'ask-way', 'no_case');
	writesDown(one, panel, { each: NOT_BORNE_OUT, words: 'There is no real prospect of a finding.', told, toldRespondent: told });
}

/** A screening panel that refers a case to a hearing. */
export function refersIt(one: Case, daysAgo: number): void {
	const panel = screening(one, daysAgo);
	const told = 'Three people who had nothing to do with it have looked at everything. They found that a panel has to hear it.';
	asks(one, panel, 'ask-prospect', 'real_prospect');
	asks(one, panel, 'ask-way', 'referred');
	writesDown(one, panel, { each: 'Both sides tell of it, and differ.', words: 'Only a hearing can decide it.', told, toldRespondent: told });
}

/** A panel that is composed, whose members have said that nothing ties them to the case. */
export function sits(one: Case, panel: Panel): void {
	const { ctx, staff, raised } = one;
	const { daysAgo, notice, people } = panel;
	const officer = as(ctx, staff.officer, 'officer', daysAgo + notice);
	const compose = panels.composeAct(officer, raised.reference);
	compose.run(compose.schema.parse({ seen: compose.seen, kind: panel.kind, sitsOn: typed(ctx, -daysAgo) }) as never);
	for (const { personId, seat } of people) actIn(officer, one, panel, 'seat', () => ({ person: personId, role: seat }));
	for (const who of people) {
		const gate = casework.caseAct(asSomebody(ctx, who, daysAgo + notice - Math.min(3, notice - 1)), raised.reference, 'declare');
		gate.run(gate.schema.parse({ declared: 'none', words: '' }) as never);
	}
}

/** The chair puts a question to everybody, with what the form asks besides; all of them vote alike. */
export function asks(one: Case, panel: Panel, question: string, choice: string, more: Record<string, unknown> = {}): void {
	const voters = panel.people.map((who) => asSomebody(one.ctx, who, panel.daysAgo));
	const [chair] = voters as [Ctx];
	actIn(chair, one, panel, question, ({ present = [] }) => ({ present, ...more }));
	const votes = (options: Options) => named(options, 'choice:', choice);
	for (const voter of voters) actIn(voter, one, panel, 'vote', votes);
}

/** The chair writes down what was voted. `each`: the reasons for each allegation, where each has its own. */
export function writesDown(one: Case, panel: Panel, { each, ...said }: { each: string; words: string; told?: string; toldRespondent?: string }): void {
	const [chair] = panel.people.map((who) => asSomebody(one.ctx, who, panel.daysAgo)) as [Ctx];
	actIn(chair, one, panel, 'record', (options) => ({ ...named(options, 'reason:', each), ...said }));
}

type Options = Record<string, string[]>;

/** What somebody does in the room of a panel, by the form that its page shows. `fill`: from the choices that it offers. */
export function actIn(ctx: Ctx, { raised }: Case, { no }: Panel, name: string, fill: (options: Options) => Record<string, unknown>): void {
	const form = panels.panelAct(ctx, { reference: raised.reference, no }, name);
	const options = Object.fromEntries(form.fields.map((field) => [field.name, (field.options ?? []).map(({ value }) => value)]));
	form.run(form.schema.parse({ seen: form.seen, repeat: newId(), words: '', told: '', toldRespondent: '', ...fill(options) }) as never);
}

const named = (options: Options, prefix: string, value: string) =>
	Object.fromEntries(Object.keys(options).flatMap((name) => (name.startsWith(prefix) ? [[name, value]] : [])));

function screening(one: Case, daysAgo: number): Panel {
	const panel: Panel = { no: 1, kind: 'screening', daysAgo, notice: 12, people: sittersIn(one.ctx, 'first') };
	sits(one, panel);
	return panel;
}

/** A lay chair who had no part in triage, and two of the committee: other people for the second panel of a case than for its first. */
export function sittersIn({ db }: Ctx, which: 'first' | 'second'): Sitting[] {
	const holders = (role: Role) => prepared(db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().all(role) as string[];
	const members = which === 'first' ? holders('committee').slice(-2) : holders('committee').slice(-4, -2);
	const chair: Sitting = { personId: holders('lay_panel_member')[which === 'first' ? 1 : 2] ?? '', role: 'lay_panel_member', seat: 'chair' };
	return [chair, ...members.map((personId): Sitting => ({ personId, role: 'committee', seat: 'member' }))];
}

function asSomebody(ctx: Ctx, { personId, role }: Pick<Sitting, 'personId' | 'role'>, daysAgo: number): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: [role], level: 2, provedAt: now }, now);
}
