import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { isTicked } from '#core/fields.ts';
import { type ActField, area, words } from './case-act-parts.ts';
import { CATEGORY_WORDS, type Category } from './case-words.ts';
import { isRespondentTold } from './message-put.ts';
import type { Ordered } from './panel-orders.ts';
import { ALL } from './panel-questions.ts';
import type { PanelPlace, Room } from './panel-room.ts';
import type { OrderKind } from './panel-rules.ts';
import { ORDER_WORDS } from './panel-words.ts';

/** One act in the room of a panel: when, what its page says, its form, and the command that does it. */
export type PanelRow = {
	key: string;
	title: string;
	says: string;
	button: string;
	isGrave?: boolean;
	when(room: Room, today: string): boolean;
	fields(room: Room, ctx: Ctx): readonly ActField[];
	schema: z.ZodType;
	run(ctx: Ctx, place: PanelPlace, input: never): unknown;
	/** Where the actor knows nothing of the case afterwards. */
	leaves?(room: Room): boolean;
};

/** All fields of a form that begin alike, without that beginning. */
export function under(typed: Record<string, unknown>, prefix: string): Record<string, string> {
	const found = Object.entries(typed).filter(([name]) => name.startsWith(prefix));
	return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), String([value].flat().at(-1) ?? '').trim()]));
}

export const several = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));
export const ticked = z.preprocess(isTicked, z.boolean());
export const loose = z.looseObject({});

/** An allegation by its number and what it is about; its words stand in the papers. */
export function labelOf(room: Pick<Room, 'allegations'>, subject: string, otherwise: string): string {
	const found = room.allegations.find(({ id }) => id === subject);
	return subject === ALL || !found ? otherwise : `${found.no}. ${CATEGORY_WORDS[found.category as Category]}`;
}

export function ticks(name: string, label: string, options: Record<string, string>, hint?: string): ActField {
	return { name, label, kind: 'ticks', options: Object.entries(options).map(([value, says]) => ({ value, label: says })), ...(hint ? { hint } : {}) };
}

/** Ticks for the orders a panel may make, and months for each that has an end. */
export function orderFields(allowed: Map<OrderKind, [number, number] | null>, label: string): ActField[] {
	const named = Object.fromEntries([...allowed.keys()].map((kind) => [kind, ORDER_WORDS[kind] ?? kind]));
	const months = [...allowed].flatMap(([kind, limits]) =>
		limits === null
			? []
			: [
					{
						name: `months:${kind}`,
						label: `${ORDER_WORDS[kind]}: for how many months?`,
						kind: 'text' as const,
						hint: `Between ${limits[0]} and ${limits[1]}.`,
					},
				],
	);
	return [ticks('orders', label, named), ...months];
}

/** The orders of a form. A number of months that is none counts as none: the command says what is missing. Pure. */
export function ordersIn(typed: Record<string, unknown>): Ordered[] {
	const months = under(typed, 'months:');
	return several(typed.orders).map((kind) => ({ kind: kind as OrderKind, months: /^\d{1,3}$/.test(months[kind] ?? '') ? Number(months[kind]) : null }));
}

export function toldFields({ steps }: Pick<Room, 'steps'>, isAlways: boolean): ActField[] {
	const therapist = area('toldRespondent', 'What the therapist reads');
	return [area('told', 'What the person who raised it reads', 'It is sent as a message.'), ...(isAlways || isRespondentTold(steps) ? [therapist] : [])];
}
export const toldShape = { told: words, toldRespondent: words, words };
