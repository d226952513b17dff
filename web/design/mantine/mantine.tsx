import './mantine.css'
import '../base.css'
import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { cssVariables, theme } from './theme.ts'

/** The nonce that the server put into this page: its policy lets no other `<style>` in. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}

// A dialog keeps what is behind it from scrolling with a `<style>` that it does not ask Mantine's nonce for: the library
// that does it looks here.
Reflect.set(globalThis, '__webpack_nonce__', styleNonce())

/** Mantine for the desk and the console. The colour scheme is ours: `look/colour-scheme.ts`. */
export function Mantine({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
      colorSchemeManager={ownColourScheme}
    >
      {children}
    </MantineProvider>
  )
}

/** Mantine asks and is answered from the attribute; it never writes one of its own. */
const ownColourScheme: MantineColorSchemeManager = {
  get: () => (document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light'),
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
}
