import { resolve } from 'node:path';
import node from '@astrojs/node';
import { defineConfig, passthroughImageService } from 'astro/config';

// The build belongs to the data folder, so that nothing outside it is ever written at run time.
const buildDir = resolve(process.env.BUILD_DIR ?? `${process.env.DATA_DIR ?? '.data'}/build`);

export default defineConfig({
	output: 'server',
	// Our server lets no more than 256 KiB through, but for forms with files (src/server/uploads.ts).
	adapter: node({ mode: 'middleware', bodySizeLimit: 12 * 1024 * 1024 }),
	outDir: buildDir,
	cacheDir: resolve(buildDir, '..', 'build-cache'),
	trailingSlash: 'never',
	compressHTML: true,
	devToolbar: { enabled: false },
	image: { service: passthroughImageService() },
	markdown: { syntaxHighlight: false },
	build: { inlineStylesheets: 'never' },
	security: {
		// Our server checks the origin of every POST, whatever its content type, before Astro sees it.
		checkOrigin: false,
		actionBodySizeLimit: 1024,
		serverIslandBodySizeLimit: 1024,
		csp: {
			algorithm: 'SHA-384',
			directives: [
				"default-src 'none'",
				"object-src 'none'",
				"base-uri 'none'",
				"form-action 'self'",
				"frame-ancestors 'none'",
				"img-src 'self' data:",
				"font-src 'self'",
				"connect-src 'self'",
				"manifest-src 'self'",
			],
		},
	},
	session: false,
	vite: {
		build: { sourcemap: false, assetsInlineLimit: 0 },
		css: { lightningcss: { errorRecovery: true } },
		ssr: { external: ['better-sqlite3', 'sharp', 'pino', 'nodemailer', 'pdfkit', 'stripe', 'uqr'] },
	},
});
