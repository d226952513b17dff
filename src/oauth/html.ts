import { escapeMarkup } from '../base/markup.ts'

/** Markup that needs no escaping. */
export type Html = { readonly html: string }

/** Builds markup. Escapes inserted strings, but not inserted markup. */
export function html(strings: TemplateStringsArray, ...parts: (string | Html | readonly Html[])[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(render)) }
}

function render(part: string | Html | readonly Html[]): string {
  if (typeof part === 'string') return escapeMarkup(part)
  return 'html' in part ? part.html : part.map(render).join('')
}
