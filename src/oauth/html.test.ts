import { expect, test } from 'vitest'
import { html } from './html.ts'

test('escapes inserted strings, but not inserted markup', () => {
  const item = html`<li>${`<b>&"'`}</li>`
  expect(html`<ul title="${'"x"'}">${[item, item]}</ul>`.html).toBe(
    '<ul title="&quot;x&quot;"><li>&lt;b&gt;&amp;&quot;&#39;</li><li>&lt;b&gt;&amp;&quot;&#39;</li></ul>',
  )
})
