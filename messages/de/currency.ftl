# In welcher Währung Preise neben ihrer eigenen gezeigt werden.

foot-currency = Währung
currency-hint = Preise bleiben in der Währung, in der sie angeboten werden, und darin zahlst du. Daneben siehst du, wie viel das ungefähr in deiner ist.
cart-beside = { $beside }. Du zahlst in { $currency }; deine Bank rechnet vielleicht mit einem anderen Kurs.
price-example = Zum Beispiel { $amount }
price-example-whole = Zum Beispiel { $amount }: diese Währung hat keine Nachkommastellen
