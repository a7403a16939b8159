import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { line, text } from '#core/fields.ts';
import { type ActField, oneOf } from './case-act-parts.ts';
import { givePack, sendPack } from './pack-check.ts';
import { dropPack, type OfPack } from './pack-commands.ts';
import { PACK_SIDES, type PackPage, packPage } from './pack-view.ts';
import { BECAUSE_WORDS } from './redact-spans.ts';

const version = z.coerce.number().int().min(0).catch(-1);
const several = (sentence: string) => z.preprocess((typed) => (typed === undefined ? [] : [typed].flat()), z.array(z.string()).min(1, sentence).max(2000));
const MANY = 'They stand in more than 2,000 places. Choose longer words.';
const some = z.preprocess((typed) => (typed === undefined ? [] : [typed].flat()), z.array(z.string()).max(2000, MANY));
const because = oneOf(BECAUSE_WORDS, 'Choose why.');

/** The form that begins a pack. */
export const newPackForm = z.object({
	side: oneOf(PACK_SIDES, 'Choose for whom.'),
	items: some,
	like: z.preprocess((typed) => (typed === undefined || typed === '' ? null : typed), z.coerce.number().int().nullable()),
});
export const chooseForm = z.object({ version, items: several('Choose what is laid before them.') });
/** `find`: look for the words. `cover`: cover the hits that are ticked. */
export const coverForm = z.object({
	do: z.enum(['find', 'cover'], 'Press one of the buttons.'),
	version,
	words: line(300, 'Shorten the words.').pipe(z.string().min(1, 'Enter the words to cover.')),
	because,
	hits: some,
});
export const linesForm = z.object({ version, lines: several('Tick what is to be covered.').transform((all) => all.map(Number)), because });
export const uncoverForm = z.object({ version, marks: several('Tick what is to be read again.') });
export const checkForm = z.object({
	version,
	result: oneOf({ approved: '', sent_back: '' }, 'Choose one.'),
	words: text(8000, 'Shorten this to 8,000 characters or fewer.'),
	saw: z.preprocess((typed) => typed === 'yes', z.boolean()),
});

type PackAct = {
	key: string;
	title: string;
	says: string;
	button: string;
	isGrave: boolean;
	when(page: PackPage): boolean;
	run(ctx: Ctx, reference: string, of: OfPack): void;
};

const ACTS: readonly PackAct[] = [
	{
		key: 'send',
		title: 'Send it to a second person',
		says: 'Somebody who had no part in making it looks at what is covered. Until they have answered nothing of it is changed.',
		button: 'Send it',
		isGrave: false,
		when: ({ mayChange }) => mayChange,
		run: sendPack,
	},
	{
		key: 'give',
		title: 'Give it to them',
		says: 'They are told that something waits for them, and read it in their own area. It cannot be taken back.',
		button: 'Give it to them',
		isGrave: true,
		when: ({ mayGive }) => mayGive,
		run: givePack,
	},
	{
		key: 'drop',
		title: 'Drop it',
		says: 'Nobody is given it. That it was made stays on record.',
		button: 'Drop it',
		isGrave: true,
		when: ({ mayDrop }) => mayDrop,
		run: dropPack,
	},
];

/** The acts on a pack that the actor may take now. Pure. */
export function packActs(page: PackPage): { key: string; title: string }[] {
	return ACTS.filter(({ when }) => when(page)).map(({ key, title }) => ({ key, title }));
}

/** One of them with its form. @throws NotFound when it cannot be taken now */
export function packAct(ctx: Ctx, reference: string, no: number, name: string) {
	const page = packPage(ctx, reference, no);
	const act = ACTS.find((one) => one.key === name && one.when(page));
	if (!act) throw new NotFound('There is no such case.');
	return {
		...act,
		fields: [] as ActField[],
		shows: [] as string[],
		seen: page.version,
		schema: z.object({ seen: version }),
		run: ({ seen }: { seen: number }) => act.run(ctx, reference, { no, version: seen }),
	};
}
