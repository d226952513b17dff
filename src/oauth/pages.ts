import type { KoaContextWithOIDC } from 'oidc-provider'

/** Asks before the session at this server ends. Plain on purpose: it works without scripts and style sheets. */
export async function signOutPage(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  ctx.body = page(
    'Sign out',
    `<h1>Sign out?</h1>${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  )
}

export async function signedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  ctx.body = page('Signed out', '<h1>You are signed out</h1>')
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body>${body}</body></html>`
}
