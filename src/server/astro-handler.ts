import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroHandler } from './deps.ts';

/**
 * Loads the built site.
 * @throws Error for people when nothing has been built
 */
export async function loadAstro(buildDir: string): Promise<AstroHandler> {
	const entry = join(buildDir, 'server', 'entry.mjs');
	if (!existsSync(entry))
		throw new Error(`The website has not been built: there is no ${entry}.\nRun "npm run build" first ("npm run demo" does it by itself).`);
	findPackagesFrom(pathToFileURL(`${buildDir}/`).href);
	const { handler } = (await import(pathToFileURL(entry).href)) as { handler: AstroHandler };
	return handler;
}

/** DATA_DIR may lie anywhere, and the built files in it import our packages: they are looked for here, not there. */
function findPackagesFrom(buildUrl: string): void {
	registerHooks({
		resolve(specifier, context, next) {
			const isPackage = /^[@a-z]/i.test(specifier) && !specifier.includes(':');
			const isFromBuild = context.parentURL?.startsWith(buildUrl) === true;
			return next(specifier, isPackage && isFromBuild ? { ...context, parentURL: import.meta.url } : context);
		},
	});
}
