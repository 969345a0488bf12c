/** An element of a list. */
export interface DemoElement {
  readonly id: number;
  readonly name: string;
  readonly sku: string;
  readonly price: number;
  readonly quantity: number;
}

/** The id that a widget passes to `setSdkCatalogId` to take this list over. */
export const productsId = 1001;

/** The one list of the account. It is kept in the page: the account's API has no lists. */
export const products: readonly DemoElement[] = [
  { id: 2001, name: 'City bike', sku: 'CB-01', price: 420, quantity: 12 },
  { id: 2002, name: 'Road bike', sku: 'RB-02', price: 980, quantity: 4 },
  { id: 2003, name: 'Helmet', sku: 'HL-10', price: 45, quantity: 80 },
  { id: 2004, name: 'Bell', sku: 'BL-03', price: 9, quantity: 240 },
  { id: 2005, name: 'Repair service', sku: 'SV-01', price: 60, quantity: 1 },
];
