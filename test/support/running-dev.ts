import { onTestFinished } from 'vitest'
import { devCommand } from '../../src/cli/dev-command.ts'
import type { Dev } from '../../src/dev/start-dev.ts'
import { asking } from './rest.ts'

/** Runs `sidegate dev` in a folder until the test ends. */
export async function running(folder: string, environment = {}, args = ['--port', '0']) {
  const lines: string[] = []
  let arrived = () => {}
  const print = (text: string) => {
    lines.push(text)
    arrived()
  }
  const controller = new AbortController()
  const started = Promise.withResolvers<Dev>()
  const ended = devCommand(
    [folder, ...args],
    { print, warn: print, environment },
    controller.signal,
    started.resolve,
  )
  ended.catch(started.reject)
  onTestFinished(async () => {
    controller.abort()
    await ended.catch(() => undefined)
  })
  const dev = await started.promise
  return {
    dev,
    ask: asking(`${dev.url}/am`, await signedIn(dev, 'amadmin')),
    lines,
    /** Waits for a line. */
    async says(text: string | RegExp): Promise<string> {
      for (;;) {
        const found = lines.find((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)))
        if (found !== undefined) return found
        await new Promise<void>((resolve, reject) => {
          arrived = resolve
          setTimeout(() => reject(new Error(`waiting for ${text}, got:\n${lines.join('\n')}`)), 15_000)
        })
      }
    },
    async end() {
      controller.abort()
      await ended
    },
  }
}

/** Completes the journey Login. @returns the last response. */
export async function plays(
  { url, password }: Dev,
  name: string,
): Promise<{ successUrl: string; tokenId: string }> {
  const ask = asking(`${url}/am`, '')
  const path = '/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=Login'
  let { body } = await ask(path, { method: 'POST' })
  for (const value of [name, password]) {
    body.callbacks[0].input[0].value = value
    body = (await ask(path, { method: 'POST', body })).body
  }
  return body
}

export async function signedIn(
  { url, password }: Pick<Dev, 'url' | 'password'>,
  name: string,
): Promise<string> {
  const response = await fetch(`${url}/am/json/realms/root/authenticate`, {
    method: 'POST',
    headers: {
      'accept-api-version': 'resource=2.0, protocol=1.0',
      'x-openam-username': name,
      'x-openam-password': password,
    },
  })
  return (await response.json()).tokenId
}
