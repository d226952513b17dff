import './button.css'
import type { ComponentPropsWithoutRef } from 'react'

type ButtonProps = ComponentPropsWithoutRef<'button'> & {
  /** `main` is the one way on, `deny` the way out, `plain` any other, `quiet` a small one. */
  kind?: 'main' | 'deny' | 'plain' | 'quiet'
  /** Something was sent: the button keeps its focus, and does nothing. */
  isBusy?: boolean
}

export function Button({ kind = 'plain', isBusy = false, type = 'button', onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`button ${kind}`}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    />
  )
}
