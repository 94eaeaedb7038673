/** What several journeys say in the same words. */

/** Of every person of the journeys. */
export const PASSWORD = 'four words are enough';

export const TITLE = {
  home: 'Good things, second time round',
  register: 'Create an account',
  signIn: 'Sign in',
  cart: 'Cart',
  checkout: 'Checkout',
  pay: 'Pay by card',
  bank: 'Confirm your payment',
  wait: 'Your payment is on its way',
  thanks: 'Thank you, it is paid',
  order: /^Order [0-9A-Z]+$/,
} as const;

export const CARD = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  poor: '4000 0000 0000 9995',
  asks: '4000 0000 0000 3220',
  later: '4000 0000 0000 0077',
} as const;
