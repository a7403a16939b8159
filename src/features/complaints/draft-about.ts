import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { line, text } from '#core/fields.ts';
import { prepared } from '#db/prepared.ts';
import { registerEntry, searchRegister } from '#features/register/index.ts';
import type { Answers } from './draft-fields.ts';
import { savePart } from './draft-store.ts';

const MOST_SHOWN = 20;

/** Somebody on the register, as anyone may see them. */
export type Candidate = { number: string; name: string; town: string | null };

/** `find`: look for them. `keep`: this one, or nobody of these with a description. */
export const aboutForm = z.object({
	do: z.enum(['find', 'keep'], 'Press one of the buttons.'),
	find: line(80, 'Shorten the name.'),
	number: line(20, 'Choose one of the people, or none of them.'),
	called: line(120, 'Shorten the name.'),
	described: text(1000, 'Use at most 1,000 characters.'),
});

/** People of the register with a name or number. It is posted, never put into an address. */
export function findOnRegister(ctx: Ctx, typed: string): Candidate[] {
	const found = searchRegister(ctx, new URLSearchParams({ q: typed }));
	if (found.kind === 'entry') return [candidate(ctx, found.number)].flatMap((c) => c ?? []);
	if (found.kind !== 'names') return [];
	return [...found.answer.matches, ...found.answer.soundsAlike]
		.slice(0, MOST_SHOWN)
		.map(({ number, name, place }) => ({ number, name, town: place?.town ?? null }));
}

/** Somebody of the register by their number, or null. */
export function candidate(ctx: Ctx, number: string): Candidate | null {
	const entry = number === '' ? null : registerEntry(ctx, number);
	return entry && { number, name: entry.name, town: entry.place?.town ?? null };
}

/** Keeps who it is about. Authorises: whoever holds the concern open. @throws Invalid when there is nobody */
export function saveAbout(ctx: Ctx, concernId: string, input: z.output<typeof aboutForm>): void {
	savePart(ctx, concernId, 'about', aboutAnswers(ctx, input));
}

/** What is kept of it: somebody of the register by number and name, or a name and a description. @throws Invalid when there is nobody */
export function aboutAnswers(ctx: Ctx, { number, called, described }: Omit<z.output<typeof aboutForm>, 'do' | 'find'>): Answers {
	const chosen = number === 'none' ? null : candidate(ctx, number);
	if (chosen === null && called === '' && described === '') throw new Invalid('called', 'Choose somebody you found, or write who it is about.');
	const named: Record<string, string> = chosen === null ? {} : { number: chosen.number, name: chosen.name };
	return { called: chosen === null ? called : '', described, ...named };
}

/** The key of somebody on the register. Never leaves the server. */
export function personOfNumber(ctx: Pick<Ctx, 'db'>, number: string): string | null {
	const found = prepared(ctx.db.sql, 'SELECT person_id FROM registration WHERE number = ?').pluck().get(number) as string | undefined;
	return found ?? null;
}
