import type { APIRoute } from 'astro';
import { paths } from '#paths';

/** Where password managers look for the page to change a password. */
export const GET: APIRoute = ({ redirect }) => redirect(paths.security('password'), 303);
