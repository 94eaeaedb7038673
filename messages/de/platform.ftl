# Warum ein hochgeladenes Bild nicht angenommen wurde und was zu tun ist.
picture-not-a-picture = Diese Datei ist kein Bild. Bitte ein Foto im Format JPEG, PNG oder WebP wählen.
picture-heic = Dieses Foto hat das Format HEIC, das die meisten Browser nicht zeigen können. Bitte als JPEG speichern und das hochladen. Auf einem iPhone für neue Fotos: Einstellungen, Kamera, Formate, Maximale Kompatibilität.
picture-gif = GIF-Bilder werden nicht angenommen. Bitte als PNG oder JPEG speichern und das hochladen.
picture-svg = SVG-Zeichnungen werden nicht angenommen, weil sie Programme enthalten können. Bitte als PNG exportieren und das hochladen.
picture-pdf = Das ist ein PDF-Dokument. Bitte die Seite fotografieren und das Foto hochladen.
picture-unsupported = Bilder dieser Art werden nicht angenommen. Bitte als JPEG, PNG oder WebP speichern und das hochladen.
picture-too-many-bytes = Dieses Bild ist größer als 15 MB. Bitte kleiner speichern und das hochladen.
picture-too-many-pixels = Dieses Bild hat zu viele Pixel. Möglich sind bis zu 50 Megapixel und 12.000 Pixel je Seite. Bitte kleiner speichern und das hochladen.
picture-damaged = Dieses Bild ist beschädigt oder wurde nicht vollständig hochgeladen. Bitte noch einmal hochladen oder ein anderes wählen.
picture-too-slow = Das Vorbereiten dieses Bildes hat zu lange gedauert. Bitte kleiner oder als JPEG speichern und das hochladen.
picture-busy = Gerade werden viele Bilder vorbereitet. Bitte in einer Minute noch einmal hochladen.
