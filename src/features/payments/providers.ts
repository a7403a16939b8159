import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { paths } from '#paths';
import type { PaymentSettings } from '#settings';
import type { PaymentProvider, ProviderName } from './provider.ts';
import { demoProvider } from './provider-demo.ts';
import { stripeProvider } from './provider-stripe.ts';

/** Who takes money on this website, as the settings say; null where people pay by transfer or cheque only. */
export function providerOf(ctx: Ctx): PaymentProvider | null {
	const { way, stripe } = ctx.settings.payments;
	if (way === 'demo') return ctx.settings.demo ? demoProvider(ctx.keys, paths.demoPay) : null;
	return stripe && stripeKept(stripe);
}

/** The provider of that name. @throws NotFound when it is not the one in use. */
export function providerNamed(ctx: Ctx, name: string): PaymentProvider {
	const provider = providerOf(ctx);
	if (provider?.name !== name) throw new NotFound('There is no such address.');
	return provider;
}

/** The provider that took a payment, for giving it back; null when it is not in use any more. */
export function providerThatTook(ctx: Ctx, name: ProviderName): PaymentProvider | null {
	const provider = providerOf(ctx);
	return provider?.name === name ? provider : null;
}

const kept = new WeakMap<object, PaymentProvider>();

/** One client a process: it keeps its connections. */
function stripeKept(settings: NonNullable<PaymentSettings['stripe']>): PaymentProvider {
	const known = kept.get(settings) ?? stripeProvider(settings);
	kept.set(settings, known);
	return known;
}
