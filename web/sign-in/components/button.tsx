import './button.css'
import { type ComponentProps, type MouseEvent, useEffect, useState } from 'react'

type ButtonProps = ComponentProps<'button'> & {
  /** `main`: the primary button. `deny`: rejects the check. `quiet`: a small button. */
  kind?: 'main' | 'deny' | 'plain' | 'quiet'
  /** While busy, the button keeps the focus but does nothing, and shows that it was pressed. */
  isBusy?: boolean
}

export function Button({ kind = 'plain', isBusy = false, type = 'button', onClick, ...rest }: ButtonProps) {
  const { wasPressed, setPressed } = useLastPress(isBusy)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBusy) return event.preventDefault()
    setPressed(event.currentTarget)
    onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      className={`button ${kind}${isBusy && wasPressed ? ' pressed' : ''}`}
      aria-disabled={isBusy || undefined}
      onClick={press}
    />
  )
}

/** Only the button that was pressed last shows it, even if an earlier press is still pending or started nothing. */
function useLastPress(isBusy: boolean) {
  const [pressed, setPressed] = useState<HTMLButtonElement>()
  useEffect(() => {
    if (!isBusy) setPressed(undefined)
  }, [isBusy])
  useEffect(() => {
    if (pressed === undefined) return
    const forget = ({ target }: Event) => {
      const other = target instanceof Element ? target.closest('button') : null
      if (other !== null && other !== pressed && other.ariaDisabled !== 'true') setPressed(undefined)
    }
    document.addEventListener('click', forget, true)
    return () => document.removeEventListener('click', forget, true)
  }, [pressed])
  return { wasPressed: pressed !== undefined, setPressed }
}
