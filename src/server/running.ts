import type { BlockList } from 'node:net';
import { isLocalOrigin } from '#settings';
import { type Assets, loadAssets } from './assets.ts';
import { proxyList } from './client-address.ts';
import type { Deps } from './deps.ts';
import type { Limits } from './limits.ts';
import { openPageCache, type PageCache } from './page-cache.ts';
import { type Load, watchLoad } from './shedding.ts';

/** A server at work: what it was given, and what it worked out from that once. */
export type Running = {
	deps: Deps;
	limits: Limits;
	isHttps: boolean;
	isLocal: boolean;
	publicHost: string;
	allowedHosts: ReadonlySet<string>;
	proxies: BlockList;
	assets: Assets;
	pages: PageCache;
	load: Load;
	/** False as soon as the server has begun to stop. */
	isOpen: () => boolean;
	stop: () => void;
};

/** @throws Error when the built files cannot be read */
export function prepare(deps: Deps, limits: Limits, isOpen: () => boolean): Running {
	const { publicOrigin, allowedHosts, trustedProxies } = deps.settings;
	const isHttps = publicOrigin.startsWith('https:');
	const { load, stop } = watchLoad();
	return {
		deps,
		limits,
		isHttps,
		isLocal: isLocalOrigin(publicOrigin),
		publicHost: new URL(publicOrigin).host,
		allowedHosts: new Set(allowedHosts),
		proxies: proxyList(trustedProxies),
		assets: loadAssets(deps.assetsDir, isHttps),
		pages: openPageCache(deps.clock, deps.version),
		load,
		isOpen,
		stop,
	};
}
