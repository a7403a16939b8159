const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** For people: 7500 → `£75.00`. @param pence whole pence, may be negative */
export function sayPence(pence: number): string {
	return pounds.format(pence / 100);
}

/** `75.00`: for form fields and files, without a sign for the currency. */
export function plainPence(pence: number): string {
	const digits = String(Math.abs(pence)).padStart(3, '0');
	return `${pence < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Pence from what people type: `75`, `75.5`, `£1,075.50`. Null for anything that is no amount, has more than two decimals, or is over £1,000,000. */
export function penceFrom(typed: string): number | null {
	const match = /^£?\s*(\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?$/.exec(typed.trim());
	if (!match) return null;
	const pence = Number(match[1]?.replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
	return pence <= 100_000_000 ? pence : null;
}
