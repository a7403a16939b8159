/**
 * Does a text hold a link that lets whoever has it act for someone? Such a message goes to nobody else's mailbox.
 * Told by the token itself (`newToken`: 43 letters), wherever its page stands.
 */
export function holdsPersonalLink(text: string): boolean {
	return /\/link\/[\w-]{20,}|\/[\w-]{43}(?![\w-])/.test(text);
}
