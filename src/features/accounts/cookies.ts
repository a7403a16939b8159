import type { Ctx } from '#core/ctx.ts';

/** What a page gives and takes of cookies; Astro's `cookies` fits. */
export type Cookies = {
	get(name: string): { value: string } | undefined;
	set(name: string, value: string, options: CookieRules & { maxAge?: number }): void;
	delete(name: string, options: CookieRules): void;
};

type CookieRules = { httpOnly: true; secure: boolean; sameSite: 'lax'; path: '/' };

/** `sid`: the session. `device`: a browser that signed in before. `link`: what the token of a mailed link was exchanged for; `supervision`, `training`: the same for a supervisor's. `visit`: a concern, opened with its case key. */
export type CookieName = 'sid' | 'device' | 'link' | 'supervision' | 'training' | 'request' | 'word' | 'visit';

/** How a cookie is really called. `__Host-` keeps other sites of the same domain from setting it; it needs https, which a site on this machine alone lacks. */
export function cookieOf(ctx: Ctx, name: CookieName): { name: string; secure: boolean } {
	const secure = ctx.settings.publicOrigin.startsWith('https:');
	return { name: secure ? `__Host-${name}` : name, secure };
}

export function readCookie(ctx: Ctx, cookies: Cookies, name: CookieName): string | undefined {
	return cookies.get(cookieOf(ctx, name).name)?.value;
}

/** @param maxAge seconds; left out: until the browser is closed. */
export function setCookie(ctx: Ctx, cookies: Cookies, name: CookieName, value: string, maxAge?: number): void {
	const cookie = cookieOf(ctx, name);
	cookies.set(cookie.name, value, { ...rules(cookie.secure), ...(maxAge === undefined ? {} : { maxAge }) });
}

/** A browser takes a `__Host-` cookie back only when told with the same attributes. */
export function dropCookie(ctx: Ctx, cookies: Cookies, name: CookieName): void {
	const cookie = cookieOf(ctx, name);
	cookies.delete(cookie.name, rules(cookie.secure));
}

function rules(secure: boolean): CookieRules {
	return { httpOnly: true, secure, sameSite: 'lax', path: '/' };
}
