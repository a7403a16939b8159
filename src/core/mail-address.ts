/**
 * Is this one mail address that we could write to? No list, no name, no line break, no quoted local part; plus signs and letters of any
 * script are fine. It does not say that the mailbox exists: only a message that was answered says that.
 */
export function isMailAddress(text: string): boolean {
	return text.length <= 254 && /^[^\s@<>()[\]\\,;:"|\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u.test(text);
}

/** One spelling for a mailbox: what is compared, never what is written to. Case and the form of accents do not make two people. */
export function mailboxKey(address: string): string {
	return address.trim().normalize('NFKC').toLowerCase();
}
