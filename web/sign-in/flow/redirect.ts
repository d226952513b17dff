import * as z from 'zod/mini'
import { type Callback, outputOf, type Step } from '../../api/authenticate.ts'
import { textOf } from '../step/inputs.ts'
import { webUrl } from './urls.ts'

const dataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

export type Redirect = { url: URL; method: 'GET' | 'POST'; data: Readonly<Record<string, unknown>> }

/** @returns undefined without a redirect callback, or if its URL is not http(s). */
export function redirectOf(step: Step): Redirect | undefined {
  const callback = step.callbacks.find(({ type }) => type === 'RedirectCallback')
  const url = callback === undefined ? undefined : webUrl(textOf(callback, 'redirectUrl'))
  if (callback === undefined || url === undefined) return undefined
  const isPost = textOf(callback, 'redirectMethod').toUpperCase() === 'POST'
  return { url, method: isPost ? 'POST' : 'GET', data: dataOf(callback) }
}

/** @param onBlocked called if the page's content security policy forbids the form: the browser then stays here */
export function follow({ url, method, data }: Redirect, onBlocked: () => void): void {
  if (method === 'GET') return void location.assign(url)
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (effectiveDirective === 'form-action') onBlocked()
  })
  post(url, data)
}

function post(url: URL, data: Redirect['data']): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = url.href
  for (const [name, value] of Object.entries(data)) {
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value: String(value) })
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}

function dataOf(callback: Callback): Redirect['data'] {
  const read = z.safeParse(dataSchema, outputOf(callback, 'redirectData'))
  return read.success ? read.data : {}
}
