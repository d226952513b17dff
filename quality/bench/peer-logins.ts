import type { Answer, Client } from './client.ts'
import { password } from './people.ts'

/** Signs in to `better-auth`. @throws Error if that fails. */
export async function betterAuthLogin(client: Client, url: string, name: string): Promise<void> {
  const body = JSON.stringify({ email: `${name}@example.com`, password })
  expectStatus(200, await client.post(`${url}/api/auth/sign-in/email`, body))
}

const authorization = new URLSearchParams({
  client_id: 'app',
  response_type: 'code',
  redirect_uri: 'https://app.example.com/signed-in',
  scope: 'openid',
})

/** Signs in to `oidc-provider` as a browser without a session does, up to the code. @throws Error if that fails. */
export async function oidcProviderLogin(client: Client, url: string, name: string): Promise<void> {
  const asked = await client.get(`${url}/auth?${authorization}`)
  const form = new URLSearchParams({ name, password }).toString()
  const signedIn = await client.post(`${url}${locationOf(asked)}`, form, {
    'content-type': 'application/x-www-form-urlencoded',
    cookie: cookiesOf(asked),
  })
  const resume = new URL(locationOf(signedIn), url)
  const ended = await client.get(`${url}${resume.pathname}`, { cookie: cookiesOf(asked) })
  const { searchParams } = new URL(locationOf(ended), url)
  if (!searchParams.has('code')) throw new Error(`no code from oidc-provider: ${searchParams}`)
}

function locationOf(answer: Answer): string {
  expectStatus(303, answer)
  return answer.headers.location ?? ''
}

/** All of them: they differ only in the path. */
function cookiesOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
}

function expectStatus(expected: number, { status, text }: Answer): void {
  if (status !== expected) throw new Error(`${status} from a peer: ${text}`)
}
