import { sessionCookie } from '../../engine/server-cookies.ts'

/** HttpOnly against scripts, SameSite against cross-site forms, Secure on https. */
export function setSessionCookie(baseUrl: string, token: string): string {
  return `${sessionCookie}=${token}; ${attributes(baseUrl)}`
}

export function clearSessionCookie(baseUrl: string): string {
  return `${sessionCookie}=; ${attributes(baseUrl)}; Max-Age=0`
}

function attributes(baseUrl: string): string {
  return `Path=/; HttpOnly; SameSite=Lax${baseUrl.startsWith('https:') ? '; Secure' : ''}`
}
