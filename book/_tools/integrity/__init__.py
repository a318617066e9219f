"""What the book is made of, and whether it is what was locked.

A **lock** is a file that names, for every package, one version and the hashes of its files; each such line is a
**pin**. The **environment** is what is installed. An **advisory** is a published report of a vulnerability in a
version of a package. `locks` reads and judges locks, `installed` compares an environment with a lock and files with the
hashes written when they were installed, `advisories` asks for advisories and says when it could not, `bom` writes the
list of components.
"""
