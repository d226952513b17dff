import { sessionCookie } from '../../engine/server-cookies.ts'

/** Scripts can't read it, other sites' forms don't send it, and on https it never leaves the encrypted channel. */
export function setSessionCookie(baseUrl: string, token: string): string {
  return `${sessionCookie}=${token}; ${attributes(baseUrl)}`
}

export function clearSessionCookie(baseUrl: string): string {
  return `${sessionCookie}=; ${attributes(baseUrl)}; Max-Age=0`
}

function attributes(baseUrl: string): string {
  return `Path=/; HttpOnly; SameSite=Lax${baseUrl.startsWith('https:') ? '; Secure' : ''}`
}
