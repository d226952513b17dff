import * as z from 'zod/mini'

/** The API that all services share: a widget, or a score without interaction. */
export type CaptchaApi = {
  render(place: HTMLElement, options: Readonly<Record<string, unknown>>): unknown
  execute(siteKey: string, options: { action: string }): Promise<string>
}

type Ready = { ready?: (then: () => void) => void }

/** Global variables of the services' scripts. */
const globals = { recaptcha: 'grecaptcha', hcaptcha: 'hcaptcha', turnstile: 'turnstile' } as const

const loaded = new Map<string, Promise<void>>()

/**
 * Loads the script of a service, which the page's content security policy must allow.
 * @throws Error when the script cannot be loaded or defines no API.
 */
export async function captchaApi(
  service: keyof typeof globals,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<CaptchaApi> {
  const address = new URL(url)
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  const loading = loaded.get(address.href) ?? load(address.href)
  loaded.set(address.href, loading)
  await loading
  const found: unknown = Reflect.get(window, globals[service])
  const enterprise: unknown = z.safeParse(z.object({ enterprise: z.unknown() }), found).data?.enterprise
  const api = /enterprise\.js$/.test(address.pathname) ? enterprise : found
  if (typeof api !== 'object' || api === null) throw new Error('The CAPTCHA script defines no API')
  // Third-party code; the shape follows its documentation.
  const { ready } = api as Ready
  await new Promise<void>((resolve) => (ready === undefined ? resolve() : ready(resolve)))
  return api as CaptchaApi
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = address
    script.async = true
    script.onload = () => resolve()
    script.onerror = () => {
      loaded.delete(address)
      script.remove()
      reject(new Error('The CAPTCHA script could not be loaded'))
    }
    document.head.append(script)
  })
}
