import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';

/** Forms that ask the browser for a passkey before they are posted. Without scripts, or without passkeys, they stay hidden. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) if (browserSupportsWebAuthn()) offer(form);

function offer(form: HTMLFormElement): void {
	const says = form.querySelector<HTMLElement>('[data-passkey-says]');
	const field = form.querySelector<HTMLInputElement>('input[name="passkey"]');
	if (!says || !field) return;
	form.hidden = false;
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		says.textContent = 'Follow what your browser or telephone asks.';
		ask(form)
			.then((answer) => {
				field.value = JSON.stringify(answer);
				form.submit();
			})
			.catch((error: unknown) => {
				says.textContent = sorry(error);
			});
	});
}

function ask(form: HTMLFormElement): Promise<unknown> {
	const optionsJSON = JSON.parse(form.dataset.options ?? '{}');
	return form.dataset.passkey === 'register' ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON });
}

function sorry(error: unknown): string {
	const name = error instanceof Error ? error.name : '';
	if (name === 'InvalidStateError') return 'This device has a passkey for your account already.';
	if (name === 'NotAllowedError' || name === 'AbortError') return 'Nothing was done: it was stopped, or took too long. You can try again, or go another way.';
	return 'This browser could not use a passkey here. Please go another way.';
}
