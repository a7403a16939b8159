import { expect, test } from 'vitest';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, type Visiting } from '#tests/helpers/journey.ts';
import { invoiceTo } from '#tests/helpers/payer.ts';
import { personWith } from '#tests/helpers/person.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

/** An invoice for a member of the demonstration, who is then at its page on a telephone. */
async function withInvoice({ site, enter }: Visiting) {
	const ctx = siteCtx(site());
	const memberId = personWith(site(), 'member');
	const id = invoiceTo(ctx, memberId, { purpose: 'other', subjectId: 'test', lines: [{ label: 'A day of training', pence: 7500 }] });
	const number = ctx.db.sql.prepare('SELECT number FROM invoice WHERE id = ?').pluck().get(id) as string;
	const name = ctx.db.sql.prepare('SELECT family_name FROM person_name WHERE person_id = ? AND to_on IS NULL').pluck().get(memberId) as string;
	ctx.db.sql.close();
	const visitor = await enter(`/demo?name=${encodeURIComponent(name)}`, { width: 320 });
	await visitor.page.locator(`button[value="${memberId}"]`).click();
	await visitor.page.waitForURL('**/my');
	await visitor.page.goto(`/my/membership/invoices/${number}`);
	return { page: visitor.page, number };
}

journeys('a member with an invoice', (visiting) => {
	test('declines, cancels, then pays, and holds the receipt', async () => {
		const { page, number } = await withInvoice(visiting);
		const faults = visiting.javaScript ? await faultsOn(page) : [];
		for (const [button, told] of [
			['Decline, as a bank would', 'The payment did not go through. No money was taken.'],
			['Cancel and go back', 'You left the payment page. No money was taken.'],
			['Pay', 'Thank you. Your payment has arrived.'],
		] as const) {
			await page.getByRole('link', { name: 'Pay now' }).click();
			await page
				.getByRole('button', { name: 'Pay by card' })
				.or(page.getByRole('link', { name: 'Go to the payment page' }))
				.click();
			expect(await heading(page)).toBe('Pay £75.00');
			if (visiting.javaScript) faults.push(...(await faultsOn(page)));
			await page.getByRole('button', { name: button, exact: true }).click();
			await page.getByRole('status').filter({ hasText: told }).waitFor();
			expect(await heading(page)).toBe(`Invoice ${number}`);
		}
		expect(await page.getByRole('link', { name: 'Pay now' }).count()).toBe(0);
		const [receipt] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Receipt (PDF)' }).click()]);
		expect(receipt.suggestedFilename()).toBe(`receipt-${number}.pdf`);
		for (const path of ['/my/membership/invoices', `/my/membership/invoices/${number}/pay`]) {
			await page.goto(path);
			if (visiting.javaScript) faults.push(...(await faultsOn(page)));
		}
		expect(faults).toEqual([]);
	});
});
