/**
 * Hands out a file that somebody put here or that we made: as a download only, of a fixed type, kept by nobody, able to run nothing even if opened.
 * @param file.name already cleaned (`cleanFileName`); it is sent in plain letters and, beside that, as it is
 */
export function fileResponse(file: { name: string; type: string; content: Uint8Array }): Response {
	const plain = file.name.normalize('NFKD').replace(/[^\w. -]/g, '') || 'file';
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.type,
			'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, escaped)}`,
			'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
		},
	});
}

function escaped(letter: string): string {
	return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}
