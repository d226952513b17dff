import './mantine.css'
import '../base.css'
import '../kit.css'
import {
  DirectionProvider,
  type MantineColorSchemeManager,
  MantineProvider,
  mergeThemeOverrides,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { cssVariables, theme } from './theme.ts'

/** The page's nonce. Its content security policy blocks `<style>` elements without it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}

// Mantine's dialogs lock scrolling with react-remove-scroll, whose `<style>` takes its nonce from this global.
Reflect.set(globalThis, '__webpack_nonce__', styleNonce())

/**
 * Mantine's provider for the desk and the console. `colour-scheme.ts` sets the colour scheme instead of Mantine.
 * @param close names the button that closes a dialog.
 */
export function Mantine({ close = 'Close', children }: { close?: string; children: ReactNode }) {
  const closing = { Modal: { defaultProps: { closeButtonProps: { 'aria-label': close } } } }
  return (
    <DirectionProvider>
      <MantineProvider
        theme={mergeThemeOverrides(theme, { components: closing })}
        cssVariablesResolver={cssVariables}
        getStyleNonce={styleNonce}
        colorSchemeManager={ownColourScheme}
      >
        {children}
      </MantineProvider>
    </DirectionProvider>
  )
}

/** Lets Mantine read the scheme from the attribute, but never change it. */
const ownColourScheme: MantineColorSchemeManager = {
  get: () => (document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light'),
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
}
