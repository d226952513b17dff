import type { ShortCodeTexts } from './en.ts'

export const es: ShortCodeTexts = {
  title: 'Escriba el código del servicio de ayuda',
  lede: 'La persona al teléfono le lee ocho letras. Puede usar espacios y minúsculas.',
  filledIn: 'El código de su mensaje ya está escrito. Pulse «Continuar».',
  label: 'Código',
  checking: 'Comprobando el código',
  opening: 'Abriendo la página siguiente',
  caution: '¿Le han llamado y le piden esto? No escriba ningún código y cuelgue.',
  empty: 'Escriba el código que le leen.',
  length: 'El código tiene ocho letras. Escríbalas todas.',
  character: 'Ningún código contiene «{character}». Pida que le repitan esa letra.',
  script: 'El código solo tiene letras latinas. Cambie su teclado a A–Z.',
  unknown:
    'Este código no funciona. Compare cada letra. Si es correcto, ya se ha usado o ha caducado: pida uno nuevo.',
  blocked:
    'Demasiados códigos incorrectos. Inténtelo de nuevo en {minutes} min o pida el enlace por otra vía.',
  paused:
    'Los códigos están bloqueados durante {minutes} min. Pida el enlace por otra vía, por ejemplo por correo.',
  offline: 'Está sin conexión. Lo que ha escrito sigue aquí.',
  failed: 'No ha funcionado. Inténtelo de nuevo en un momento.',
}
